using AgentFlow.Sandbox.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.Recording;

/// <summary>Writes every provider and app request into the journal before it is answered, and the answer as it goes out.</summary>
internal sealed class RecordingMiddleware(RequestDelegate next, SandboxState sandbox, IReadOnlyList<ISandboxPart> parts)
{
    private const int MostRequestBytes = 1024 * 1024;
    private const int MostResponseBytes = 1024 * 1024;

    private static readonly string[] s_credentialHeaders = ["Authorization", "Cookie", "x-vercel-protection-bypass", "x-api-key"];

    public async Task InvokeAsync(HttpContext http)
    {
        RequestRecord record = await OpenAsync(http).ConfigureAwait(false);
        http.Features.Set(record);
        if (record.Provider == RequestRecord.Control)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        sandbox.Journal.Add(record);
        IHttpResponseBodyFeature outer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using RecordingStream recording = new(outer.Stream, MostResponseBytes);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(recording, outer));
        http.Response.OnStarting(() =>
        {
            if (sandbox.Canary.Value is { } canary)
            {
                http.Response.Headers["x-debug-note"] = canary;
            }

            return Task.CompletedTask;
        });
        bool cut = false;
        try
        {
            await next(http).ConfigureAwait(false);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away: no answer is owed.
            cut = true;
        }
        finally
        {
            http.Features.Set(outer);
            Close(http, record, recording, cut);
        }
    }

    private static void Close(HttpContext http, RequestRecord record, RecordingStream recording, bool cut)
    {
        record.ResponseBody = recording.Recorded();
        record.ResponseLength = recording.Length;
        record.ResponseContentType = http.Response.ContentType;
        record.ResponseHeaders = [.. http.Response.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))];
        bool neverAnswered = http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted;
        record.Status = cut && neverAnswered || neverAnswered ? 0 : http.Response.StatusCode;
    }

    private async Task<RequestRecord> OpenAsync(HttpContext http)
    {
        (string provider, string path) = Place(http);
        RequestRecord record = new()
        {
            Number = provider == RequestRecord.Control ? 0 : sandbox.Journal.NextNumber(),
            At = sandbox.Time.GetUtcNow(),
            Provider = provider,
            Method = http.Request.Method,
            Port = http.Connection.LocalPort,
            Path = path,
            Query = http.Request.QueryString.Value ?? string.Empty,
            RequestContentType = http.Request.ContentType,
            RequestHeaders = [.. http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, Shown(header.Key, header.Value.ToString())))],
        };
        if (provider != RequestRecord.Control)
        {
            http.Request.EnableBuffering(MostRequestBytes, MostRequestBytes);
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
            http.Request.Body.Position = 0;
            record.RequestBody = body.ToArray();
        }

        return record;
    }

    private (string Provider, string Path) Place(HttpContext http)
    {
        // As it came over the wire: %2F in a segment is not a separator.
        string raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int end = raw.IndexOf('?', StringComparison.Ordinal);
        string path = end < 0 ? raw : raw[..end];
        if (http.Connection.LocalPort != sandbox.Ports.Main)
        {
            return (parts.First(part => part.IsApp).Name, path);
        }

        int slash = path.IndexOf('/', 1);
        string first = slash < 0 ? path[1..] : path[1..slash];
        return parts.Any(part => !part.IsApp && part.Name == first) ? (first, slash < 0 ? "/" : path[slash..]) : (RequestRecord.Control, path);
    }

    private string Shown(string name, string value) => s_credentialHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"fingerprint:{sandbox.Tokens.Fingerprint(value)}" : value;
}
