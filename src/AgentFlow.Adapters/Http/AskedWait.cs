using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AgentFlow.Adapters.Http;

/// <summary>Reads how long a system asks us to stay away: <c>Retry-After</c> (seconds or date), else the end of an exhausted rate window.</summary>
internal static class AskedWait
{
    /// <summary>The wait, never negative; null when the answer asks for none.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.RetryAfter is { } asked)
        {
            return AtLeastZero(asked.Delta ?? (asked.Date is { } date ? date - (response.Headers.Date ?? now) : TimeSpan.Zero));
        }

        return IsExhausted(response) && Number(response.Headers, "X-RateLimit-Reset") is { } reset && reset < 253_402_300_799
            ? AtLeastZero(DateTimeOffset.FromUnixTimeSeconds(reset) - (response.Headers.Date ?? now))
            : null;
    }

    /// <summary>Whether the answer means that we asked too often: 429, or a 403 that says so in its headers (GitHub).</summary>
    public static bool IsRateLimit(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.TooManyRequests
        || (response.StatusCode == HttpStatusCode.Forbidden && (response.Headers.RetryAfter is not null || IsExhausted(response)));

    /// <summary>One whole number of a header; null when it is not there or not a number.</summary>
    public static long? Number(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    // A 429 need not say how many calls are left: it has said that there is none.
    private static bool IsExhausted(HttpResponseMessage response) =>
        Number(response.Headers, "X-RateLimit-Remaining") == 0 || response.StatusCode == HttpStatusCode.TooManyRequests;

    private static TimeSpan AtLeastZero(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
