namespace AgentFlow.Deployments.BuildEnv;

/// <summary>What the platform holds under a name, seen from one build's place.</summary>
internal enum HoldingKind
{
    /// <summary>Set for this place.</summary>
    Here,

    /// <summary>Given by the platform itself or with this one deployment.</summary>
    Given,

    /// <summary>Set, but for other targets, branches or environments only.</summary>
    Elsewhere,

    /// <summary>A variable of the platform that the project does not expose.</summary>
    NotExposed,

    /// <summary>Not set.</summary>
    Absent,

    /// <summary>Not among what could be read, and not all could be read.</summary>
    Unknown,
}
