using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>Passwords in <c>scheme://user:password@host</c>, plain, JSON-escaped or URL-encoded; the sighting is the at sign.</summary>
internal static class UriVerifier
{
    private const int MaxUserInfo = 1024;

    private static readonly SearchValues<byte> s_encodedEnd = SearchValues.Create(" \t\r\n\"'&"u8);
    private static readonly SearchValues<byte> s_authorityStop = SearchValues.Create([.. Enumerable.Range(0, ' ' + 1).Select(c => (byte)c), .. "\"'<>"u8]);
    private static readonly ByteSet s_network = new("a-z0-9");
    private static readonly SearchValues<byte> s_hostEnd = SearchValues.Create("/ \r\n\"'"u8);

    /// <summary>Sighting: <c>@</c>. Gives whether it ends the user info of a URI.</summary>
    public static bool VerifyUserInfo(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = AuthorityStart(text, site.At);
        if (start < 0)
        {
            VerifyOracle(site);
            VerifyNetwork(site);
            return false;
        }

        if (text[start] is (byte)'[' or (byte)'<' or (byte)'{' or (byte)'$')
        {
            return true;
        }

        int colon = text[start..site.At].IndexOf((byte)':');
        if (colon >= 0)
        {
            ReportPassword(site, start + colon + 1, site.At, site.At + 1);
        }
        else if (IsTokenUser(text[start..site.At], text[(site.At + 1)..]))
        {
            site.Report(start, site.At);
        }

        return true;
    }

    /// <summary><c>jdbc:oracle:thin:user/password@…</c>, <c>sqlplus user/password@…</c>.</summary>
    private static void VerifyOracle(in Site site)
    {
        ReadOnlySpan<byte> head = site.Text[Math.Max(0, site.At - 160)..site.At];
        int scheme = Math.Max(head.LastIndexOf("oracle:"u8), head.LastIndexOf("sqlplus "u8));
        scheme += scheme >= 0 && head[scheme] == 's' ? "sqlplus "u8.Length : 0;
        while (scheme >= 0 && scheme + 3 < head.Length && head[scheme] == '-' && head[scheme + 2] == ' ')
        {
            scheme += 3;
        }

        int slash = head.LastIndexOf((byte)'/');
        if (scheme >= 0 && slash > scheme && head[scheme..].IndexOfAny((byte)' ', (byte)'\n', (byte)'"') < 0)
        {
            ReportPassword(site, site.At - head.Length + slash + 1, site.At, site.At + 1);
        }
    }

    /// <summary><c>user:password@tcp(host:3306)/name</c>, as the MySQL driver of Go reads it.</summary>
    private static void VerifyNetwork(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int network = s_network.Run(text, site.At + 1, 16);
        int open = site.At + 1 + network;
        if (network < 3 || open >= text.Length || text[open] != '(')
        {
            return;
        }

        int low = Math.Max(0, site.At - MaxUserInfo);
        low += text[low..site.At].LastIndexOfAny(s_authorityStop) + 1;
        int masked = text[low..site.At].LastIndexOf(Placeholder.Start);
        low = masked < 0 ? low : Math.Max(low + masked + 1, Placeholder.Around(text, low + masked + 1).End.Value);
        int colon = low < site.At ? text[low..site.At].IndexOf((byte)':') : -1;
        if (colon > 0)
        {
            ReportPassword(site, low + colon + 1, site.At, open + 1);
        }
    }

    /// <summary>Sighting: <c>%40</c>.</summary>
    /// <returns>Whether a user info ends there.</returns>
    public static bool VerifyEncoded(scoped in Site site)
    {
        ReadOnlySpan<byte> head = site.Text[Math.Max(0, site.At - MaxUserInfo)..site.At];
        int low = site.At - head.Length;
        int scheme = Math.Max(head.LastIndexOf("%3A%2F%2F"u8), head.LastIndexOf("%3a%2f%2f"u8));
        if (scheme < 0 || head[scheme..].IndexOfAny(s_encodedEnd) >= 0)
        {
            return false;
        }

        int start = scheme + 9;
        int colon = Math.Max(head[start..].IndexOf("%3A"u8), head[start..].IndexOf("%3a"u8));
        if (colon < 0 || head[start..(start + colon)].IndexOf("%2F"u8) >= 0)
        {
            return false;
        }

        ReportPassword(site, low + start + colon + 3, site.At, site.At + 3);
        return true;
    }

    /// <summary>Start of the authority whose user info ends at <paramref name="at"/>, or -1.</summary>
    public static int AuthorityStart(ReadOnlySpan<byte> text, int at)
    {
        int lowest = Math.Max(0, at - MaxUserInfo);
        lowest += text[lowest..at].LastIndexOfAny(s_authorityStop) + 1;
        int first = text[lowest..at].IndexOf((byte)':');
        if (first < 0 || text[(lowest + first)..at].IndexOf((byte)'/') < 0)
        {
            return -1;
        }

        for (int i = at - 1; i >= lowest + 2; i--)
        {
            byte c = text[i];
            if (c == '/')
            {
                int second = BackOverEscape(text, i);
                if (second > 0 && text[second] == '/' && BackOverEscape(text, second) is > 0 and var colon && text[colon] == ':' && (ByteSet.Alnum[text[colon - 1]] || Placeholder.EndsBefore(text, colon)))
                {
                    return IsUserInfo(text[(i + 1)..at]) ? i + 1 : -1;
                }
            }
        }

        return -1;
    }

    /// <summary>A slash may stand in a password, but not behind a bare host or a port.</summary>
    private static bool IsUserInfo(ReadOnlySpan<byte> candidate)
    {
        int slash = candidate.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        if (slash < 0)
        {
            return true;
        }

        int colon = candidate[..slash].IndexOf((byte)':');
        return colon >= 0 && slash > colon + 1 && !Shape.IsAll(candidate[(colon + 1)..slash], ByteSet.Digit);
    }

    private static int BackOverEscape(ReadOnlySpan<byte> text, int slash)
    {
        int i = slash - 1;
        while (i > 0 && text[i] == '\\')
        {
            i--;
        }

        return i;
    }

    private static void ReportPassword(in Site site, int start, int end, int host)
    {
        end = Placeholder.EndOfFront(site.Text, start, end);
        ReadOnlySpan<byte> password = site.Text[start..end];
        ReadOnlySpan<byte> rest = site.Text[host..];
        bool local = rest.StartsWith("localhost"u8) || rest.StartsWith("127.0.0.1"u8) || rest.StartsWith("host"u8) || rest.StartsWith("example."u8) || rest.StartsWith("db:"u8);
        bool standIn = password.Length < 3 || SecretValues.IsStandIn(password) || SecretValues.IsNameOfPassword(password) || (local && SecretValues.IsWord(password))
            || (rest.StartsWith("example."u8) && !Shape.LooksRandom(password) && password.Length < 8);
        if (!standIn)
        {
            site.Report(start, end);
        }
    }

    /// <summary>A token in place of the user, as in <c>https://TOKEN@host</c>; a Sentry DSN is public.</summary>
    private static bool IsTokenUser(ReadOnlySpan<byte> user, ReadOnlySpan<byte> host)
    {
        int end = host.IndexOfAny(s_hostEnd);
        ReadOnlySpan<byte> name = end < 0 ? host[..Math.Min(host.Length, 128)] : host[..end];
        return user.Length >= 20 && name.IndexOf("sentry"u8) < 0 && name.IndexOf("ingest"u8) < 0 && Shape.IsAll(user, ByteSet.WordDash)
            && (Shape.LooksStronglyRandom(user) || (user.Length >= 32 && Shape.LooksRandom(user)));
    }
}
