namespace AgentFlow;

/// <summary>One project of the hosting platform.</summary>
public sealed record HostedProject
{
    /// <summary><c>prj_…</c>; the pin.</summary>
    public required string Id { get; init; }

    /// <summary>Its name; proves nothing.</summary>
    public required string Name { get; init; }

    /// <summary>The team or user that owns it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The repository that it builds from; null when it is linked to none.</summary>
    public GitLink? Link { get; init; }

    /// <summary>Whether builds get the platform's own variables; null when not said.</summary>
    public bool? ExposesSystemVariables { get; init; }

    /// <summary>Whether a finished production build takes the domains by itself; false after a rollback until the next promotion. Null when not said.</summary>
    public bool? AutoAssignsDomains { get; init; }

    /// <summary>Whether it has been paused.</summary>
    public bool Paused { get; init; }

    /// <summary>The deployment that the platform says serves production.</summary>
    public string? ProductionDeploymentId { get; init; }

    /// <summary>promote or rollback, the last change of the aliases; null when there was none.</summary>
    public string? LastAliasChange { get; init; }

    /// <summary>pending, in-progress, succeeded, failed or skipped.</summary>
    public string? LastAliasStatus { get; init; }

    /// <summary>Where the last change of the aliases went.</summary>
    public string? LastAliasDeploymentId { get; init; }

    /// <summary>How long old deployments keep answering their clients; null when they do not or it is not said.</summary>
    public TimeSpan? SkewProtection { get; init; }

    /// <summary>Environments beyond production, preview and development.</summary>
    public IReadOnlyList<CustomEnvironment> CustomEnvironments { get; init; } = [];
}
