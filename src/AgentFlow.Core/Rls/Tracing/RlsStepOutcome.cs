namespace AgentFlow.Rls.Tracing;

/// <summary>How one rung went.</summary>
public enum RlsStepOutcome
{
    /// <summary>It lets the request pass.</summary>
    Pass,

    /// <summary>The request ends here.</summary>
    Deny,

    /// <summary>This policy does not let the row in; another one may.</summary>
    NoMatch,

    /// <summary>It passes, and an operator should know something.</summary>
    Warn,

    /// <summary>Nobody can say; the reason says why.</summary>
    Unknown,

    /// <summary>Not looked at, because an earlier rung makes it impossible.</summary>
    NotReached,
}
