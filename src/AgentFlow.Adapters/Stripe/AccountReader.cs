using AgentFlow.Adapters.Http;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Whose key it is: GET /v1/account, which the SDK only offers with an id.</summary>
internal sealed class AccountReader(HttpClients clients, ServiceEndpoint endpoint)
{
    private readonly JsonExchange _api = new(clients, endpoint);

    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        _api.Read(await _api.GetAsync("v1/account", cancellationToken), "GET account", static root => root.Text("id") ?? throw new KeyNotFoundException());
}
