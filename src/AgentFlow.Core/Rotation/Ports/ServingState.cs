namespace AgentFlow.Rotation.Ports;

/// <summary>What serves production.</summary>
public sealed record ServingState
{
    public required string DeploymentId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The pinned project's id as the platform answers it.</summary>
    public required string ProjectId { get; init; }

    /// <summary>Origin of the alias.</summary>
    public required Uri Alias { get; init; }

    /// <summary>False after a rollback, until the next promotion, or when the project is set so.</summary>
    public required bool AutoAssign { get; init; }

    /// <summary>The last change of the alias was a rollback.</summary>
    public required bool RolledBack { get; init; }

    /// <summary>A rolling release splits the traffic now.</summary>
    public required bool Rolling { get; init; }

    /// <summary>How long old deployments keep answering their clients; zero when they do not.</summary>
    public required TimeSpan SkewAge { get; init; }
}
