namespace AgentFlow.Rotation.Ports;

/// <summary>One API key of a database project.</summary>
public sealed record ProjectKey
{
    /// <summary>Null for a legacy key.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>legacy, publishable, secret.</summary>
    public string? Type { get; init; }

    public string? Description { get; init; }
}
