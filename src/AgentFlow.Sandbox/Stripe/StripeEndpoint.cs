namespace AgentFlow.Sandbox.Stripe;

/// <summary>One webhook endpoint.</summary>
internal sealed class StripeEndpoint
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> EnabledEvents { get; init; }

    public required string Secret { get; init; }

    public required long Created { get; init; }

    public string? ApiVersion { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public bool Enabled { get; set; } = true;
}
