namespace AgentFlow.Rotation.Ports;

/// <summary>One deployment.</summary>
public sealed record BuildState
{
    public required string DeploymentId { get; init; }

    /// <summary>Its own, immutable origin.</summary>
    public required Uri Url { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required BuildPhase Phase { get; init; }

    /// <summary>Why it failed, in the platform's code.</summary>
    public string? ErrorCode { get; init; }
}
