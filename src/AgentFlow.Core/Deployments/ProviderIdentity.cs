namespace AgentFlow;

/// <summary>Who an outside system takes our credential for.</summary>
public sealed record ProviderIdentity
{
    /// <summary>Vercel, GitHub, …</summary>
    public required string System { get; init; }

    /// <summary>The account's name there; never its mail address.</summary>
    public required string Account { get; init; }

    /// <summary>The account's id there.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account that the config pins; null where a provider's account is pinned by other means or not at all.</summary>
    public string? PinnedAccountId { get; init; }

    /// <summary>Where the config pins it, for example <c>stripe.accountId</c>; null for a provider that has no such pin.</summary>
    public string? PinName { get; init; }

    /// <summary>What the credential may do, in the system's own words; null when it does not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>What is missing for the work of this module, one sentence each; empty when nothing is known to be.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the credential may do beyond the work of this module, one sentence each.</summary>
    public IReadOnlyList<string> Excess { get; init; } = [];

    /// <summary>When the credential ends (UTC); null when never or not said.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True when the system said that the credential never ends.</summary>
    public bool NeverExpires { get; init; }

    /// <summary>The system's clock minus ours, to the second; null when it sent no date.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Calls left in the present window; null when not said.</summary>
    public int? CallsLeft { get; init; }

    /// <summary>When the window ends (UTC).</summary>
    public DateTimeOffset? WindowEndsAt { get; init; }
}
