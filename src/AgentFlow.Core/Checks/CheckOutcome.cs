namespace AgentFlow;

/// <summary>What a check concluded. Only <see cref="Pass"/> and <see cref="Warn"/> let a gate through.</summary>
public enum CheckOutcome
{
    /// <summary>Looked and found what was expected.</summary>
    Pass,

    /// <summary>Looked; works, but an operator should know.</summary>
    Warn,

    /// <summary>Looked and found a fault.</summary>
    Fail,

    /// <summary>Could not look: the outside system failed or refused.</summary>
    Error,

    /// <summary>Looked, but the evidence does not decide.</summary>
    Inconclusive,

    /// <summary>Did not look, on purpose; the reason says why.</summary>
    Skipped,
}
