namespace AgentFlow.Safety.Redaction;

/// <summary>A quotation mark as it stands in JSON, nested JSON, a URL or HTML, and the way to its partner.</summary>
/// <param name="Length">Bytes of the mark; 0 for none.</param>
/// <param name="Character">The quoted character.</param>
/// <param name="Backslashes">Backslashes in front of it.</param>
/// <param name="Written">Spelling of an encoded mark (<c>%22</c>, <c>&amp;quot;</c>); empty for a plain one.</param>
internal readonly record struct Quote(int Length, byte Character, int Backslashes, string Written)
{
    private static readonly string[] s_written = ["%22", "%27", "%5C%22", "&quot;", "&#34;", "&#39;", "&#x27;", "&apos;", "\\u0022", "\\u0027", "\\\\u0022"];

    // Bytes as characters: the end of « is », of the others any mark of the same block.
    private static readonly string s_guillemet = "\u00c2\u00bb";
    private static readonly string s_mark = "\u00e2\u0080";

    /// <summary>Braces instead of quotes; a closing one is doubled to be part of the value.</summary>
    public static Quote Brace { get; } = new(1, (byte)'}', 0, string.Empty);

    public bool IsSome => Length > 0;

    /// <summary>The mark that starts at <paramref name="at"/>.</summary>
    public static Quote At(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return default;
        }

        byte c = text[at];
        if (c == '"' && at + 2 < text.Length && text[at + 1] == '"' && text[at + 2] > ' ' && !",:;)]}\"/><+.(\\"u8.Contains(text[at + 2]))
        {
            // Quotes in a quoted cell of CSV.
            return new(2, 0, 0, "\"\"");
        }

        if (text[at..].StartsWith("\"\"\""u8) && at + 3 < text.Length && text[at + 3] is > (byte)' ' and not (byte)'"')
        {
            return new(3, 0, 0, "\"\"\"");
        }

        if (c is (byte)'"' or (byte)'\'' or (byte)'`')
        {
            return new(1, c, 0, string.Empty);
        }

        if (c is 0xC2 or 0xE2)
        {
            return Typographic(text, at);
        }

        if (c is (byte)'%' or (byte)'&' or (byte)'\\')
        {
            foreach (string written in s_written)
            {
                if (Starts(text[at..], written))
                {
                    return new(written.Length, 0, 0, written);
                }
            }
        }

        if (c != '\\')
        {
            return default;
        }

        int slashes = 1;
        while (at + slashes < text.Length && text[at + slashes] == '\\' && slashes < 16)
        {
            slashes++;
        }

        return at + slashes < text.Length && text[at + slashes] is (byte)'"' or (byte)'\''
            ? new(slashes + 1, text[at + slashes], slashes, string.Empty)
            : default;
    }

    /// <summary>Guillemets, with the blank that French sets behind them, and the high and low marks of prose.</summary>
    private static Quote Typographic(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..];
        if (rest.StartsWith("«"u8))
        {
            return new(2 + BlankLength(rest[2..]), 0, 0, s_guillemet);
        }

        bool opens = rest.StartsWith("“"u8) || rest.StartsWith("„"u8) || rest.StartsWith("‘"u8) || rest.StartsWith("‚"u8);
        return opens ? new(3, 0, 0, s_mark) : default;
    }

    /// <summary>Length of a blank, also one that does not break; 0 for none.</summary>
    private static int BlankLength(ReadOnlySpan<byte> text) =>
        text.StartsWith(" "u8) ? 1 : text.StartsWith("\u00a0"u8) ? 2 : text.StartsWith("\u202f"u8) ? 3 : 0;

    private static ReadOnlySpan<byte> TrimBlank(ReadOnlySpan<byte> text) =>
        text.EndsWith(" "u8) ? text[..^1] : text.EndsWith("\u00a0"u8) ? text[..^2] : text.EndsWith("\u202f"u8) ? text[..^3] : text;

    /// <summary>Where the closing mark starts; the end of the line or of the reach when there is none.</summary>
    public int Close(ReadOnlySpan<byte> text, int from, int max)
    {
        int limit = Math.Min(text.Length, from + max);
        int run = 0;
        for (int i = from; i < limit; i++)
        {
            byte c = text[i];
            if (c is (byte)'\n' or (byte)'\r')
            {
                // A backslash at the end of a line of a shell says that the next one belongs to it.
                bool goesOn = run % 2 == 1 || (c == '\n' && i - from >= 2 && text[i - 1] == '\r' && text[i - 2] == '\\');
                if (!goesOn || Written.Length > 0)
                {
                    return i;
                }

                run = 0;
                continue;
            }

            if (Written.Length > 0)
            {
                if (c == Written[0] && Starts(text[i..], Written))
                {
                    return Written == s_guillemet ? from + TrimBlank(text[from..i]).Length : i;
                }

                continue;
            }

            if (c == Character && Backslashes == 0 && run == 0 && IsDoubled(text, from, i))
            {
                i++;
                continue;
            }

            if (c == Character && (Backslashes == 0 ? run % 2 == 0 : run <= Backslashes))
            {
                return Backslashes == 0 ? i : i - run;
            }

            run = c == '\\' ? run + 1 : 0;
        }

        return limit;
    }

    /// <summary>Whether the mark is written twice to stand for itself, as SQL, YAML, CSV and verbatim strings of C# have it.</summary>
    private static bool IsDoubled(ReadOnlySpan<byte> text, int from, int at) =>
        at > from && at + 2 < text.Length && text[at + 1] == text[at] && text[at + 2] > ' ' && !",;:)]}|<>&"u8.Contains(text[at + 2]) && text[at + 2] != text[at];

    private static bool Starts(ReadOnlySpan<byte> text, string written)
    {
        if (text.Length < written.Length)
        {
            return false;
        }

        for (int i = 0; i < written.Length; i++)
        {
            if ((text[i] | 0x20) != (written[i] | 0x20))
            {
                return false;
            }
        }

        return true;
    }
}
