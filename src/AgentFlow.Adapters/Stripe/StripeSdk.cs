using AgentFlow.Adapters.Http;
using Stripe;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Stripe's client on our chain: no retries, telemetry or credential of its own.</summary>
internal static class StripeSdk
{
    // The chain puts the real key on the request; the SDK only insists that there is one.
    private const string Placeholder = "set_by_the_chain";

    public static StripeClient Client(HttpClients clients, ServiceEndpoint endpoint)
    {
        SystemNetHttpClient http = new(clients.Create(endpoint), maxNetworkRetries: 0, appInfo: null, enableTelemetry: false);
        return new(Placeholder, httpClient: http, apiBase: endpoint.BaseAddress.ToString().TrimEnd('/'));
    }
}
