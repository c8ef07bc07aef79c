using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Tests.Http;

/// <summary>What the tests of the pipeline share: an endpoint with a made-up token, and calls.</summary>
internal static class Calls
{
    public const string Token = "tok-of-the-test-1";

    public static ServiceEndpoint Endpoint(Uri? address = null, string token = Token) => new()
    {
        System = "Elsewhere",
        BaseAddress = address ?? new("https://api.elsewhere.test/"),
        Token = () => Secret.FromChars(token),
        TokenReference = "env:ELSEWHERE_TOKEN",
        NeededScope = "read of the project",
        StatusPage = "https://status.elsewhere.test",
    };

    public static HttpClients Over(HttpMessageHandler wire, TimeProvider? time = null, HttpLimits? limits = null) => new(time ?? TimeProvider.System, limits, () => wire);

    public static async Task<string> GetAsync(HttpClients clients, ServiceEndpoint endpoint, string path = "v1/thing", CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        return await SendAsync(clients, endpoint, request, cancellationToken);
    }

    public static async Task<string> SendAsync(HttpClients clients, ServiceEndpoint endpoint, HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using HttpClient client = clients.Create(endpoint);
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public static Task<AfFaultException> FaultAsync(Task call) => Assert.ThrowsAsync<AfFaultException>(() => call);
}
