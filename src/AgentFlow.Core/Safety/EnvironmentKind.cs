namespace AgentFlow.Safety;

/// <summary>What a signal says about an environment.</summary>
public enum EnvironmentKind
{
    /// <summary>It does not say.</summary>
    Unknown,

    /// <summary>Not production.</summary>
    NonProduction,

    /// <summary>Production.</summary>
    Production,
}
