using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>One request to a provider, read.</summary>
internal sealed class Call(HttpContext http, JsonNode? body, bool bodyIsMalformed, IssuedToken? token)
{
    public HttpContext Http { get; } = http;

    /// <summary>The JSON body; null when there was none.</summary>
    public JsonNode? Body { get; } = body;

    public JsonObject? BodyObject => Body as JsonObject;

    /// <summary>A body was sent and it is not JSON.</summary>
    public bool BodyIsMalformed { get; } = bodyIsMalformed;

    /// <summary>Whose credential came with it; null when none or an unknown one did.</summary>
    public IssuedToken? Token { get; } = token;

    /// <summary>A route value. The server leaves encoded slashes in a path as they are; the providers decode them too.</summary>
    public string Path(string name) => ((string)Http.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last value of a query parameter; null when absent.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values[^1] : null;

    public static async Task<Call> ReadAsync(HttpContext http, TokenBook tokens, string provider)
    {
        IssuedToken? token = tokens.Find(provider, http.Request.Headers.Authorization);
        if (http.Request.ContentLength is null or 0 && !http.Request.Headers.TransferEncoding.Contains("chunked"))
        {
            return new(http, null, false, token);
        }

        try
        {
            return new(http, await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false), false, token);
        }
        catch (JsonException)
        {
            return new(http, null, true, token);
        }
    }
}
