namespace AgentFlow.Rotation.Ports;

/// <summary>One endpoint of the payment provider.</summary>
public sealed record WebhookEndpoint
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required bool Enabled { get; init; }

    public required IReadOnlyList<string> EnabledEvents { get; init; }

    public string? ApiVersion { get; init; }

    public string? Description { get; init; }

    /// <summary>The rotation that made it.</summary>
    public string? Tag { get; init; }
}
