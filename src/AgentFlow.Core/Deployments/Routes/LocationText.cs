using System.Text;

namespace AgentFlow.Deployments.Routes;

/// <summary>A Location as it may stand in a record: where it leads and what way back it carries. Other parameters may hold anything, so only their names are said.</summary>
internal static class LocationText
{
    private const int LongestPath = 80;
    private const int MostParameters = 4;

    public static string Of(Uri page, string location)
    {
        BrowserTarget target = BrowserAddress.Resolve(page, location);
        if (target.Uri is not { } uri)
        {
            return target.Kind == BrowserTargetKind.NotHttp ? $"{target.Scheme}:…" : "(unreadable)";
        }

        StringBuilder text = new();
        if (target.Kind != BrowserTargetKind.Same)
        {
            text.Append(uri.Scheme).Append("://").Append(uri.Authority);
        }

        text.Append(RouteTrail.Shown(uri.AbsolutePath.Length <= LongestPath ? uri.AbsolutePath : string.Concat(uri.AbsolutePath.AsSpan(0, LongestPath), "…")));
        IReadOnlyList<KeyValuePair<string, string>> query = QueryString.Parse(uri.Query);
        for (int i = 0; i < Math.Min(query.Count, MostParameters); i++)
        {
            (string name, string value) = query[i];
            text.Append(i == 0 ? '?' : '&').Append(RouteTrail.Shown(name.Length <= 32 ? name : "…")).Append('=').Append(Value(page, name, value));
        }

        return query.Count > MostParameters ? text.Append("&…").ToString() : text.ToString();
    }

    private static string Value(Uri page, string name, string value)
    {
        if (!ReturnPath.UsualNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return "…";
        }

        ReturnPath way = ReturnPath.Judge(page, value);
        string said = way.Kind switch
        {
            ReturnPathKind.Relative => way.Path!,
            ReturnPathKind.Absolute or ReturnPathKind.Foreign => way.Leads ?? "another host",
            _ => string.Empty,
        };
        return said.Length <= LongestPath ? RouteTrail.Shown(said) : "…";
    }
}
