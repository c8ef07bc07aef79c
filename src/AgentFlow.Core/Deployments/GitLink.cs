namespace AgentFlow;

/// <summary>The repository that a project builds from.</summary>
public sealed record GitLink
{
    /// <summary>github, github-limited, github-custom-host, gitlab, bitbucket or what comes next.</summary>
    public required string Provider { get; init; }

    /// <summary>GitHub's numeric repository id; null for other providers or when not said.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Owner, for display.</summary>
    public string? Organisation { get; init; }

    /// <summary>Name, for display.</summary>
    public string? Repository { get; init; }

    /// <summary>The branch that production is built from.</summary>
    public string? ProductionBranch { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Repository is null ? Provider : $"{Provider}:{Organisation}/{Repository}";
}
