namespace AgentFlow.Deployments.BuildLogs;

internal enum LeadKind
{
    /// <summary>Missing X.</summary>
    Missing,

    /// <summary>environment variable not set: X.</summary>
    Verdict,

    /// <summary>please set X.</summary>
    Instruct,

    /// <summary>or the X environment variable, in a sentence that says that something is missing.</summary>
    Alternative,

    /// <summary>unable to find environment variable X.</summary>
    Seek,

    /// <summary>no X found.</summary>
    None,

    /// <summary>requires the X environment variable; expected X to be set.</summary>
    Demand,
}
