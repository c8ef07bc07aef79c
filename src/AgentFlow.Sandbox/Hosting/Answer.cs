using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>What a provider answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON; null sends no body.</param>
internal sealed record Answer(int Status, JsonNode? Body = null)
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public static Answer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        foreach ((string name, string value) in Headers)
        {
            http.Response.Headers.Append(name, value);
        }

        if (Body is not null)
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(Body, s_options);
            http.Response.ContentType = ContentType;
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
        else if (Status != StatusCodes.Status204NoContent)
        {
            http.Response.ContentLength = 0;
        }
    }
}
