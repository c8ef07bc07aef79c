using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Http;

/// <summary>JSON out, JSON in, over the one chain. A write is sent once unless the caller says that repeating it changes nothing.</summary>
internal sealed class JsonExchange(HttpClients clients, ServiceEndpoint endpoint)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly HttpClient _client = clients.Create(endpoint);

    /// <summary>Reads; <paramref name="note"/> sees the answer's headers.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken, Action<HttpResponseHeaders>? note = null) => SendAsync(HttpMethod.Get, path, null, false, cancellationToken, note);

    /// <summary>Reads; null when there is none.</summary>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Removes; what is gone already does not matter.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, path, null, true, cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return;
        }
    }

    /// <summary>Sends; an answer without a body is an undefined element.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonNode? body, bool repeatable, CancellationToken cancellationToken, Action<HttpResponseHeaders>? note = null)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Accept.ParseAdd("application/json");
        request.Options.Set(RequestMarks.Repeatable, repeatable);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Default.JsonNode));
            request.Content.Headers.ContentType = s_json;
        }

        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        note?.Invoke(response.Headers);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length == 0)
        {
            return default;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Its message quotes the body.
            throw Malformed(request, "something other than JSON");
        }
    }

    /// <summary>Reads an answer with <paramref name="read"/>; what does not fit the contract becomes a fault without a word of the answer.</summary>
    public T Read<T>(JsonElement answer, string operation, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw HttpFaults.Malformed(endpoint, operation, "something other than the documented JSON");
        }
    }

    private AfFaultException Malformed(HttpRequestMessage request, string what) => HttpFaults.Malformed(endpoint, RequestMarks.Operation(request), what);
}
