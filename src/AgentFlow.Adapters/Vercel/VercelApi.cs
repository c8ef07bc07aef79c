using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Vercel;

/// <summary>Vercel's REST API below its operations: team scope, JSON in and out, not-found as null where it is an answer.</summary>
internal sealed class VercelApi(HttpClients clients, ServiceEndpoint endpoint, string? team)
{
    private readonly HttpClient _client = clients.Create(endpoint);

    public ServiceEndpoint Endpoint => endpoint;

    public HttpClients Clients => clients;

    /// <summary>The team (id or slug) that every project call is made for; null for a personal account.</summary>
    public string? Team => team;

    /// <summary>Adds the team scope.</summary>
    public VercelPath Scoped(VercelPath path) => path.With(team?.StartsWith("team_", StringComparison.Ordinal) == true ? "teamId" : "slug", team);

    /// <summary>Reads one object.</summary>
    public async Task<T> GetAsync<T>(VercelPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken, Action<HttpResponseHeaders>? headers = null)
        where T : class
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path.ToString());
        return await SendAsync(request, type, headers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads one object; null when there is none.</summary>
    public async Task<T?> FindAsync<T>(VercelPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync(path, type, cancellationToken).ConfigureAwait(false);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Sends any request and reads its answer. A write is sent once unless it is marked as repeatable.</summary>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, Action<HttpResponseHeaders>? headers, CancellationToken cancellationToken)
        where T : class
    {
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        headers?.Invoke(response.Headers);
        try
        {
            return JsonSerializer.Deserialize(((HeldContent)response.Content).Bytes.Span, type) ?? throw Malformed(request, "an empty answer");
        }
        catch (JsonException)
        {
            // Its message quotes the body.
            throw Malformed(request, "something other than the documented JSON");
        }
    }

    /// <summary>Opens a body that is read as it arrives; the caller disposes the response.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(RequestMarks.Streamed, true);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    public AfFaultException Malformed(HttpRequestMessage request, string what) => HttpFaults.Malformed(endpoint, RequestMarks.Operation(request), what);

    public AfFaultException Malformed(VercelPath path, string what) => HttpFaults.Malformed(endpoint, $"GET {endpoint.BaseAddress.AbsolutePath}{path.ToString().Split('?')[0]}", what);
}
