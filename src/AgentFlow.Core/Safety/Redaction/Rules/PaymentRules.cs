namespace AgentFlow.Safety.Redaction;

/// <summary>Payment and billing.</summary>
internal static class PaymentRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        TokenRule.Of("stripe-secret-key", "Stripe secret key (sk_live_, sk_test_)", "sk_live_{A:16+}", "sk_test_{A:16+}"),
        TokenRule.Of("stripe-restricted-key", "Stripe restricted key (rk_live_, rk_test_)", "rk_live_{A:16+}", "rk_test_{A:16+}"),
        TokenRule.Of("webhook-signing-secret", "Signing secret of a Stripe or Svix webhook endpoint (whsec_)", "whsec_{b:24+}{=:0-2}"),
    ];
}
