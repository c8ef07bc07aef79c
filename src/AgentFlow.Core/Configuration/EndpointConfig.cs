using System.Text.Json.Serialization;

namespace AgentFlow;

/// <summary>
/// Where the outside systems are, when not at their usual place. Only loopback addresses are accepted from a file: a repository
/// that an operator has just cloned must not be able to send the operator's tokens elsewhere.
/// </summary>
public sealed record EndpointConfig
{
    public string? Vercel { get; init; }

    [JsonPropertyName("github")]
    public string? GitHub { get; init; }

    public string? Stripe { get; init; }

    public string? Supabase { get; init; }

    public string? Iam { get; init; }

    public string? Ses { get; init; }

    public string? Sts { get; init; }
}
