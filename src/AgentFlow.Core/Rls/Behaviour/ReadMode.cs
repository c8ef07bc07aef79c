namespace AgentFlow.Rls.Behaviour;

/// <summary>How the rows of a relation are tried.</summary>
public enum ReadMode
{
    /// <summary>Every row, counted by tenant.</summary>
    Exact,

    /// <summary>Some rows of each tenant, chosen over the values of its columns.</summary>
    Witness,

    /// <summary>Not at all; the plan gives the reason.</summary>
    Skipped,
}
