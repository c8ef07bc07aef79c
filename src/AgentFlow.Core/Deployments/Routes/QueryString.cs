namespace AgentFlow.Deployments.Routes;

/// <summary>Reads query strings as forms are read: <c>+</c> is a space, names repeat.</summary>
internal static class QueryString
{
    /// <summary>Name and value of every parameter, decoded once.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string query)
    {
        List<KeyValuePair<string, string>> found = [];
        foreach (string part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            found.Add(new(Decode(equals < 0 ? part : part[..equals]), equals < 0 ? string.Empty : Decode(part[(equals + 1)..])));
        }

        return found;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
