using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Vercel's paging: newest first, and the next page is asked for with <c>until=pagination.next</c>.</summary>
internal static class VercelPage
{
    private const int DefaultLimit = 20;
    private const int MostLimit = 100;

    public static JsonObject Json(int count, long? next, long? previous) => new() { ["count"] = count, ["next"] = next, ["prev"] = previous };

    /// <summary>One page of what lies between <c>since</c> and <c>until</c>; both are exclusive. <paramref name="time"/> must tell the items apart.</summary>
    public static (IReadOnlyList<T> Items, JsonObject Pagination) Cut<T>(Call call, IEnumerable<T> newestFirst, Func<T, long> time)
    {
        long? since = Number(call, "since") ?? Number(call, "from");
        long? until = Number(call, "until") ?? Number(call, "to");
        int limit = (int)Math.Clamp(Number(call, "limit") ?? DefaultLimit, 1, MostLimit);
        T[] all = [.. newestFirst.Where(item => (since is null || time(item) > since) && (until is null || time(item) < until)).Take(limit + 1)];
        T[] page = all.Length > limit ? all[..limit] : all;
        return (page, Json(page.Length, all.Length > limit ? time(page[^1]) : null, page.Length == 0 ? null : time(page[0])));
    }

    /// <summary>A numeric parameter; null when absent or not a number.</summary>
    public static long? Number(Call call, string name) => long.TryParse(call.Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
