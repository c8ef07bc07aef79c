namespace AgentFlow.Rotation.Ports;

/// <summary>One access key.</summary>
public sealed record AccessKey
{
    public required string Id { get; init; }

    public required bool Active { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
