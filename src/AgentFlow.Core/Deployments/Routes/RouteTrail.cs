namespace AgentFlow.Deployments.Routes;

/// <summary>The answers on the way of one request, followed step by step.</summary>
/// <param name="Answers">At least one; the first is to the address itself.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Beyond">Where the last answer pointed when it was not followed, in words; null otherwise.</param>
internal sealed record RouteTrail(IReadOnlyList<RouteAnswer> Answers, TrailEnd End, string? Beyond)
{
    /// <summary>Most redirects that are followed.</summary>
    public const int MostRedirects = 10;

    private const int LongestShown = 160;

    public RouteAnswer First => Answers[0];

    public RouteAnswer Last => Answers[^1];

    public bool IsRedirect => IsRedirectStatus(First.Status);

    public IReadOnlyList<RouteHop> Hops => [.. Answers.Select(answer => new RouteHop { Uri = answer.Uri, Status = answer.Status, Location = answer.Location, Duration = answer.Duration })];

    /// <summary>Every status and Location in order: <c>307 /login?next=/dashboard → 200</c>.</summary>
    public override string ToString()
    {
        string way = string.Join(" → ", Answers.Take(4).Select(answer => answer.Location is { } location && IsRedirectStatus(answer.Status) ? $"{answer.Status} {LocationText.Of(answer.Uri, location)}" : $"{answer.Status}"));
        return Answers.Count > 4 ? $"{way} → … ({Answers.Count} answers)" : way;
    }

    public static bool IsRedirectStatus(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>A header's text as it may stand in a record: short and on one line.</summary>
    public static string Shown(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        return line.Length <= LongestShown ? line : string.Concat(line.AsSpan(0, LongestShown), "…");
    }
}
