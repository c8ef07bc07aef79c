namespace AgentFlow.Rls.Fixtures;

/// <summary>Whether a fixture is there.</summary>
public enum FixtureState
{
    /// <summary>Would be made; nothing was written.</summary>
    Planned,

    /// <summary>Is in the database.</summary>
    Present,

    /// <summary>Was removed, every row of it and no other.</summary>
    Removed,

    /// <summary>Was not there.</summary>
    Absent,
}
