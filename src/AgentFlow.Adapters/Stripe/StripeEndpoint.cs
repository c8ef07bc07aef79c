using AgentFlow.Adapters.Http;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Stripe as the pipeline sees it.</summary>
public static class StripeEndpoint
{
    private static readonly Uri s_public = new("https://api.stripe.com/");

    /// <summary>The endpoint of a config; <paramref name="key"/> is asked at the moment of each send.</summary>
    public static ServiceEndpoint For(AfConfig config, Func<Secret> key)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            System = "Stripe",
            BaseAddress = config.Endpoints.Stripe is { } given ? new(given.TrimEnd('/') + "/") : s_public,
            Token = key,
            TokenReference = config.Stripe.Key,
            NeededScope = "webhook endpoints: write; account: read",
            StatusPage = "https://status.stripe.com",
        };
    }
}
