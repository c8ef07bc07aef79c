using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments.Routes;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.App;

/// <summary>
/// The way to the deployed application, shared by everything that asks it: no cookies, no credentials but the protection bypass, redirects not followed,
/// bodies cut at <see cref="RouteAnswer.BodyLimit"/>.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="stampHeader">The response header that carries the build's stamp; null when there is none.</param>
/// <param name="bypass">Gives the protection bypass at the moment of a send, or null where none is configured.</param>
public sealed class AppHttp(TimeProvider time, string? stampHeader, Func<Secret?>? bypass = null) : IAsyncDisposable
{
    /// <summary>Vercel's header for automation that may pass Deployment Protection.</summary>
    public const string BypassHeader = "x-vercel-protection-bypass";

    // One more than is kept, so that a longer body shows.
    private readonly HttpClients _clients = new(time, new() { MostBytes = RouteAnswer.BodyLimit + 1, Attempt = TimeSpan.FromSeconds(15), Total = TimeSpan.FromSeconds(30) });
    private readonly ConcurrentDictionary<string, HttpClient> _byOrigin = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync() => _clients.DisposeAsync();

    /// <summary>Sends one request and reads the beginning of its answer; any status is an answer.</summary>
    /// <param name="request">Absolute address; the caller disposes it.</param>
    /// <param name="own">True when the address is the deployment's own; only there, over TLS or on this machine, the bypass goes along.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    internal async Task<RouteAnswer> SendAsync(HttpRequestMessage request, bool own, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        StrongBox<int> attempts = new();
        request.Options.Set(RequestMarks.Attempts, attempts);
        Secret? secret = own && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback) ? bypass?.Invoke() : null;
        long start = time.GetTimestamp();
        try
        {
            if (secret is not null)
            {
                request.Headers.TryAddWithoutValidation(BypassHeader, secret.Reveal());
            }

            using HttpResponseMessage response = await ClientOf(uri).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return Read(uri, response, Math.Max(1, attempts.Value), time.GetElapsedTime(start), secret is not null);
        }
        finally
        {
            request.Headers.Remove(BypassHeader);
        }
    }

    private HttpClient ClientOf(Uri uri) => _byOrigin.GetOrAdd(
        uri.GetLeftPart(UriPartial.Authority),
        origin => _clients.Create(new ServiceEndpoint { System = "The app", BaseAddress = new(origin + "/"), AnswersAreData = true }));

    private RouteAnswer Read(Uri uri, HttpResponseMessage response, int attempts, TimeSpan duration, bool bypassSent)
    {
        ReadOnlySpan<byte> bytes = response.Content is HeldContent held ? held.Bytes.Span : throw new UnreachableException("The pipeline holds every body of an app.");
        bool truncated = bytes.Length > RouteAnswer.BodyLimit;
        string? type = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        return new()
        {
            Uri = uri,
            Status = (int)response.StatusCode,
            Location = First(response, "Location"),
            ContentType = type,
            Headers = Interesting(response),
            CookieNames = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? [.. cookies.Select(cookie => cookie.Split('=', 2)[0].Trim())] : [],
            Body = IsText(type) ? EncodingOf(response).GetString(truncated ? bytes[..RouteAnswer.BodyLimit] : bytes) : string.Empty,
            BodyTruncated = truncated,
            Attempts = attempts,
            Duration = duration,
            HttpVersion = response.Version.ToString(),
            BypassSent = bypassSent,
        };
    }

    private Dictionary<string, string> Interesting(HttpResponseMessage response)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach ((string name, IEnumerable<string> values) in response.Headers)
        {
            string lower = name.ToLowerInvariant();
            if (lower is "age" or "date" or "server" or "refresh" or "cf-cache-status" or "idempotency-replayed" or "idempotent-replayed" || lower.StartsWith("x-vercel-", StringComparison.Ordinal) || lower.StartsWith("x-nextjs-", StringComparison.Ordinal)
                || string.Equals(name, stampHeader, StringComparison.OrdinalIgnoreCase))
            {
                found[lower] = values.First();
            }
        }

        return found;
    }

    private static string? First(HttpResponseMessage response, string name) => response.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values) ? values.FirstOrDefault() : null;

    private static bool IsText(string? type) => type is null || type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal);

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet?.Trim('"') is { Length: > 0 } name ? Encoding.GetEncoding(name) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            // A charset that this runtime does not know; the markup around the text is ASCII in all of them.
            return Encoding.UTF8;
        }
    }
}
