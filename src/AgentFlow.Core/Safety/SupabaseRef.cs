namespace AgentFlow.Safety;

/// <summary>Finds the project ref that a database connection carries in its address: it says where the connection really goes.</summary>
public static class SupabaseRef
{
    private const int Shortest = 16;
    private const int Longest = 32;

    /// <summary>
    /// The ref in <c>db.REF.supabase.co</c>, in the pooler's user name (<c>postgres.REF</c>) or in its options (<c>reference=REF</c>);
    /// null where the address carries none. When they differ the address of the server wins over what is asked of it.
    /// </summary>
    public static string? Find(string? host, string? userName, string? options) => FromHost(host) ?? FromUser(host, userName) ?? FromOptions(host, options);

    private static string? FromHost(string? host)
    {
        string[] parts = host?.Trim().TrimEnd('.').ToLowerInvariant().Split('.') ?? [];
        return parts is ["db", { } id, "supabase", "co" or "com" or "in" or "net" or "red"] && IsRef(id) ? id : null;
    }

    private static string? FromUser(string? host, string? userName)
    {
        int dot = userName?.LastIndexOf('.') ?? -1;
        return dot > 0 && IsPooler(host) && userName![(dot + 1)..].ToLowerInvariant() is { } id && IsRef(id) ? id : null;
    }

    private static string? FromOptions(string? host, string? options)
    {
        const string Key = "reference=";
        int at = IsPooler(host) ? options?.IndexOf(Key, StringComparison.OrdinalIgnoreCase) ?? -1 : -1;
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = options.AsSpan(at + Key.Length).Trim();
        int end = rest.IndexOf(' ');
        string id = (end < 0 ? rest : rest[..end]).ToString().ToLowerInvariant();
        return IsRef(id) ? id : null;
    }

    private static bool IsPooler(string? host) => host?.TrimEnd('.').EndsWith(".pooler.supabase.com", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsRef(string text) => text.Length is >= Shortest and <= Longest && text.All(char.IsAsciiLetterOrDigit);
}
