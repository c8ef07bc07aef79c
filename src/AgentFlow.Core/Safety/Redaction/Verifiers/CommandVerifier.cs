namespace AgentFlow.Safety.Redaction;

/// <summary>Passwords on command lines that no name gives away: <c>curl -u user:password</c>, <c>http -a user:password</c>, <c>IDENTIFIED BY '…'</c>.</summary>
internal static class CommandVerifier
{
    private static readonly ByteSet s_user = new("A-Za-z0-9_.@+%${}\\-");

    /// <summary>Sighting: <c>-u</c>, <c>--user</c>, <c>--proxy-user</c>.</summary>
    public static void VerifyUser(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool listed = text[site.At] is (byte)'"' or (byte)'\'';
        int at = site.At + (listed || text[site.At] == ' ' ? 3 : ByteSet.WordDash.Run(text, site.At, 16));
        VerifyUser(site, listed ? at + ClientVerifier.ListStep(text, at) : at);
    }

    private static void VerifyUser(in Site site, int at)
    {
        ReadOnlySpan<byte> text = site.Text;
        at += at < text.Length && text[at] is (byte)' ' or (byte)'=' ? 1 : 0;
        Quote quote = Quote.At(text, Math.Min(at, text.Length));
        int start = at + quote.Length;
        int user = s_user.Run(text, start, 128);
        int password = start + user + 1;
        if (user == 0 || password >= text.Length || text[password - 1] != ':' || !IsCurl(text, site.At))
        {
            return;
        }

        int end = Placeholder.EndOfFront(text, password, quote.IsSome ? quote.Close(text, password, 512) : WordEnd(text, password));
        if (end - password >= 3 && !SecretValues.IsStandIn(text[password..end]) && !SecretValues.IsNameOfPassword(text[password..end]))
        {
            site.Report(password, end);
        }
    }

    /// <summary>Sighting: <c>curl</c> with a flag behind it that may be several in one: <c>-su</c>.</summary>
    public static void VerifyFlags(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int flags = site.At + "curl -".Length;
        int end = flags + ByteSet.Alnum.Run(text, flags, 8);
        if (end - flags > 1 && text[end - 1] == 'u')
        {
            VerifyUser(site, end);
        }
    }

    /// <summary>Sighting: words behind which a quoted string is a password.</summary>
    public static void VerifyQuoted(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool plugin = text[site.At..].StartsWith("IDENTIFIED WITH "u8);
        int i = plugin ? BehindPlugin(text, site.At + 16) : site.At + 13;
        if (i < 0)
        {
            return;
        }

        i += ByteSet.WordDash.Run(text, i, 24);
        int from = i;
        int reach = Math.Min(text.Length, i + 24);
        while (i < reach && !Quote.At(text, i).IsSome && text[i] is (byte)' ' or (byte)'(' or (byte)'-' or (>= (byte)'A' and <= (byte)'z'))
        {
            i++;
        }

        Quote quote = Quote.At(text, i);
        bool statement = (text[site.At] | 0x20) == 'i';
        if (!quote.IsSome || i == from || quote.Character == '`' || (statement && !Connector.IsStatement(text, site.At)))
        {
            return;
        }

        int start = i + quote.Length;
        int end = Placeholder.EndOfFront(text, start, quote.Close(text, start, 512));
        if (end - start >= 3 && !SecretValues.IsStandIn(text[start..end]) && text[start] != '$')
        {
            site.Report(start, end);
        }
    }

    /// <summary>Behind <c>caching_sha2_password BY</c>; -1 when the plugin is given no password.</summary>
    private static int BehindPlugin(ReadOnlySpan<byte> text, int at)
    {
        int end = at + ByteSet.Word.Run(text, at, 48);
        return text[end..].StartsWith(" BY"u8) || text[end..].StartsWith(" by"u8) ? end + 3 : -1;
    }

    private static bool IsCurl(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> before = text[Math.Max(0, at - 512)..at];
        before = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return before.IndexOf("curl"u8) >= 0 || before.IndexOf("wget"u8) >= 0 || before.IndexOf("http"u8) >= 0 || text[at..].StartsWith("curl "u8) || text[at..].StartsWith("--user"u8) || text[at..].StartsWith("--proxy-user"u8);
    }

    /// <summary>End of a word of a command line.</summary>
    public static int WordEnd(ReadOnlySpan<byte> text, int from)
    {
        int i = from;
        while (i < text.Length && text[i] > ' ' && text[i] is not ((byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>' or (byte)'|' or (byte)','))
        {
            i++;
        }

        return i;
    }
}
