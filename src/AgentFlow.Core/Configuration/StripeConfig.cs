namespace AgentFlow;

/// <summary>The billing side.</summary>
public sealed record StripeConfig
{
    /// <summary><c>acct_…</c>; the pin.</summary>
    public string? AccountId { get; init; }

    /// <summary>Reference to a restricted key.</summary>
    public string Key { get; init; } = "env:STRIPE_SECRET_KEY";
}
