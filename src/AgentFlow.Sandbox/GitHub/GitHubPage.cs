using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using Microsoft.AspNetCore.Http.Extensions;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>GitHub's paging: <c>page</c> and <c>per_page</c>, the way to the others in the Link header.</summary>
internal static class GitHubPage
{
    private const int DefaultSize = 30;
    private const int MostSize = 100;

    public static (int Page, int Size) Read(Call call) => (Math.Max(1, Number(call, "page") ?? 1), Math.Clamp(Number(call, "per_page") ?? DefaultSize, 1, MostSize));

    /// <summary>One page as a JSON array with its Link header. <paramref name="address"/> is the list's own address by repository id, as GitHub writes it there.</summary>
    public static Answer Cut<T>(Call call, string address, IEnumerable<T> all, Func<T, JsonNode> write)
    {
        (int page, int size) = Read(call);
        T[] items = [.. all];
        JsonArray body = new([.. items.Skip((page - 1) * size).Take(size).Select(write)]);
        return Answer.Ok(body) with { Headers = Links(call, address, page, (items.Length + size - 1) / size) };
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Links(Call call, string address, int page, int pages)
    {
        if (pages <= 1)
        {
            return [];
        }

        List<string> links = [];
        if (page > 1)
        {
            links.Add(Link(call, address, page - 1, "prev"));
        }

        if (page < pages)
        {
            links.Add(Link(call, address, page + 1, "next"));
            links.Add(Link(call, address, pages, "last"));
        }

        if (page > 1)
        {
            links.Add(Link(call, address, 1, "first"));
        }

        return [KeyValuePair.Create("Link", string.Join(", ", links))];
    }

    private static string Link(Call call, string address, int page, string relation)
    {
        QueryBuilder query = new(call.Http.Request.Query.Where(pair => pair.Key != "page").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        return $"<{address}{query}>; rel=\"{relation}\"";
    }

    private static int? Number(Call call, string name) => int.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
