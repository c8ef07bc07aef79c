namespace AgentFlow;

/// <summary>The AWS side: who the caller must be. The caller's own credentials come from the usual chain (environment, profile, role).</summary>
public sealed record AwsConfig
{
    /// <summary>Twelve digits; the pin.</summary>
    public string? AccountId { get; init; }

    /// <summary>A named profile of the shared config files; null uses the default chain.</summary>
    public string? Profile { get; init; }

    /// <summary>Reference to <c>ACCESS_KEY_ID:SECRET</c>, in place of the chain; null uses the chain.</summary>
    public string? Key { get; init; }

    /// <summary>Region of SES.</summary>
    public string Region { get; init; } = "us-east-1";
}
