namespace AgentFlow.Safety.Redaction;

/// <summary>Cookie and Set-Cookie: the values of session cookies and of cookies that look drawn at random; attributes and preferences stay.</summary>
internal static class CookieVerifier
{
    private const int MaxCookies = 64;
    private const int MaxLength = 8192;

    private static readonly ByteSet s_name = new("A-Za-z0-9_.!#$%&*+^`|~-");

    private static ReadOnlySpan<byte> PrivateKey => "[REDACTED:private-key#"u8;

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int nameEnd = site.At + 6;
        nameEnd += nameEnd < text.Length && (text[nameEnd] | 0x20) == 's' ? 1 : 0;
        Connector connector = Connector.Read(text, site.At, nameEnd);
        if (connector.Kind is not (ConnectorKind.Colon or ConnectorKind.Equal or ConnectorKind.Flag or ConnectorKind.Argument))
        {
            return;
        }

        VerifyList(site, connector.Value, ListEnd(text, connector.Value, connector.Quote), connector.Quote);
    }

    /// <summary>Goes on with a list in whose middle a secret stood that ended right before <see cref="Site.At"/>.</summary>
    public static void Resume(scoped in Site site, Quote quote)
    {
        int end = ListEnd(site.Text, site.At, quote);
        int next = site.Text[site.At..end].IndexOfAny((byte)';', (byte)',');
        VerifyList(site, next < 0 ? end : site.At + next + 1, end, quote);
    }

    private static void VerifyList(in Site site, int at, int end, Quote quote)
    {
        ReadOnlySpan<byte> text = site.Text;
        site.Postpone(end, quote);
        for (int i = 0; i < MaxCookies && at < end; i++)
        {
            int next = text[at..end].IndexOfAny((byte)';', (byte)',');
            int stop = next < 0 ? end : at + next;
            if (stop == end && text[end..].StartsWith(PrivateKey))
            {
                // Judged before, with the key in it.
                return;
            }

            VerifyPair(site, at, stop);
            at = stop + 1;
        }
    }

    private static void VerifyPair(in Site site, int start, int end)
    {
        ReadOnlySpan<byte> text = site.Text;
        while (start < end && text[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        int name = s_name.Run(text[..end], start, 128);
        int value = start + name + 1;
        if (name == 0 || value >= end || text[start + name] != '=')
        {
            return;
        }

        // No blank is allowed in a value, and a parenthesis that closes nothing in it belongs to what stands around.
        ReadOnlySpan<byte> held = text[value..Placeholder.EndOfFront(text, value, end)];
        int blank = held.IndexOfAny((byte)' ', (byte)'\t');
        held = blank < 0 ? held : held[..blank];
        held = held.Contains((byte)'(') ? held : held.TrimEnd((byte)')');
        if (!SecretValues.IsStandIn(held) && !SecretValues.IsWord(held) && IsSession(text.Slice(start, name), held))
        {
            site.Report(value, value + held.Length);
        }
    }

    private static bool IsSession(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.StartsWith("_g"u8) || name.StartsWith("_fb"u8) || value.Length < 8)
        {
            return false;
        }

        bool telling = SecretNames.Classify(name) is not (NameKind.None or NameKind.Phone) || Contains(name, "sess"u8) || Contains(name, "auth"u8) || Contains(name, "token"u8) || Contains(name, "login"u8);
        return telling ? !Shape.IsWordy(value) || value.Length >= 32 : Shape.LooksStronglyRandom(value);
    }

    private static bool Contains(ReadOnlySpan<byte> name, ReadOnlySpan<byte> part)
    {
        for (int i = 0; i + part.Length <= name.Length; i++)
        {
            int k = 0;
            while (k < part.Length && (name[i + k] | 0x20) == part[k])
            {
                k++;
            }

            if (k == part.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static int ListEnd(ReadOnlySpan<byte> text, int from, Quote quote)
    {
        int end = quote.IsSome ? quote.Close(text, from, MaxLength) : LineEnd(text, from);
        int key = text[from..end].IndexOf(PrivateKey);
        return key < 0 ? end : from + key; // it stands for many lines
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int from)
    {
        int reach = Math.Min(text.Length, from + MaxLength);
        int line = text[from..reach].IndexOfAny("\r\n\"'"u8);
        int escape = text[from..reach].IndexOf("\\n"u8);
        line = escape >= 0 && (line < 0 || escape < line) ? escape : line;
        return line < 0 ? reach : from + line;
    }
}
