using Microsoft.Extensions.Primitives;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>One request whose body is a form, as Stripe and AWS's Query protocol send it.</summary>
internal sealed class FormCall(HttpContext http, byte[] body, IReadOnlyDictionary<string, StringValues> fields)
{
    public HttpContext Http { get; } = http;

    /// <summary>The bytes that were sent, for a signature.</summary>
    public byte[] Body { get; } = body;

    public string? Field(string name) => fields.TryGetValue(name, out StringValues values) ? values[^1] : null;

    /// <summary>Values of <c>name[0]</c>, <c>name[1]</c>, … or of a repeated <c>name[]</c>.</summary>
    public IReadOnlyList<string> Fields(string name) =>
        [.. fields.Where(field => field.Key.StartsWith(name + "[", StringComparison.Ordinal)).OrderBy(field => field.Key, StringComparer.Ordinal).SelectMany(field => field.Value).OfType<string>()];

    public string Path(string name) => (string)Http.Request.RouteValues[name]!;

    public static async Task<FormCall> ReadAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        byte[] bytes = body.ToArray();
        Dictionary<string, StringValues> fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(bytes));
        return new(http, bytes, fields);
    }
}
