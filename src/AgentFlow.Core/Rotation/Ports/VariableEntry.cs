namespace AgentFlow.Rotation.Ports;

/// <summary>Metadata of one variable.</summary>
public sealed record VariableEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>plain, encrypted, sensitive, system, secret.</summary>
    public required string Type { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    public IReadOnlyList<string> CustomEnvironmentIds { get; init; } = [];

    public string? GitBranch { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True when the platform gives the value back.</summary>
    public bool Readable => Type is "encrypted" or "plain";
}
