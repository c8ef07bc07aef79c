namespace AgentFlow.Safety.Redaction;

/// <summary>How characters look after a round through a URL, JSON or a terminal.</summary>
internal static class Escapes
{
    /// <summary>
    /// Length of an escaped <c>+</c>, <c>/</c> or <c>=</c> at <paramref name="at"/>: <c>%2B</c>, <c>\/</c>, <c>\u002b</c>; 0 if there is none.
    /// </summary>
    public static int Base64Member(ReadOnlySpan<byte> text, int at)
    {
        byte first = text[at];
        if (first == '%' && at + 2 < text.Length)
        {
            int value = HexPair(text, at + 1);
            return value is '+' or '/' or '=' ? 3 : 0;
        }

        if (first != '\\' || at + 1 >= text.Length)
        {
            return 0;
        }

        int slashes = 1;
        while (slashes < 8 && at + slashes < text.Length && text[at + slashes] == '\\')
        {
            slashes++;
        }

        int i = at + slashes;
        if (i < text.Length && text[i] == '/')
        {
            return slashes + 1;
        }

        return i + 4 < text.Length && text[i] == 'u' && HexPair(text, i + 1) == 0 && HexPair(text, i + 3) is '+' or '/' or '='
            ? slashes + 5
            : 0;
    }

    /// <summary>Value of two hexadecimal digits, or -1.</summary>
    public static int HexPair(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length)
        {
            return -1;
        }

        int high = HexDigit(text[at]);
        int low = HexDigit(text[at + 1]);
        return (high | low) < 0 ? -1 : (high << 4) | low;
    }

    public static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>
    /// Whether a word may begin at <paramref name="start"/>: not behind a letter, digit or underscore, unless that one belongs to an
    /// escape (<c>\n</c>, <c>%3D</c>, <c>\u0022</c>) or ends a terminal colour.
    /// </summary>
    public static bool LeftBoundary(ReadOnlySpan<byte> text, int start)
    {
        if (start <= 0 || !ByteSet.Word[text[start - 1]])
        {
            return true;
        }

        byte before = text[start - 1];
        if (start >= 2 && text[start - 2] == '\\' && "nrtbfv0"u8.Contains(before))
        {
            return true;
        }

        if (start >= 3 && text[start - 3] == '%' && HexPair(text, start - 2) >= 0)
        {
            return true;
        }

        if (start >= 6 && text[start - 5] == 'u' && text[start - 6] == '\\' && HexPair(text, start - 4) >= 0 && HexPair(text, start - 2) >= 0)
        {
            return true;
        }

        return EndsColour(text, start);
    }

    /// <summary>Whether a terminal colour sequence (real or written as <c>\u001b[31m</c>, <c>\x1b[31m</c>, <c>\033[31m</c>) ends before <paramref name="end"/>.</summary>
    public static bool EndsColour(ReadOnlySpan<byte> text, int end)
    {
        int i = end - 1;
        if (i < 2 || text[i] is not ((byte)'m' or (byte)'K'))
        {
            return false;
        }

        i--;
        while (i > 0 && (ByteSet.Digit[text[i]] || text[i] is (byte)';' or (byte)':'))
        {
            i--;
        }

        if (text[i] != '[' || i == 0)
        {
            return false;
        }

        return text[i - 1] == 0x1b
            || text[..i].EndsWith("\\u001b"u8) || text[..i].EndsWith("\\u001B"u8)
            || text[..i].EndsWith("\\x1b"u8) || text[..i].EndsWith("\\x1B"u8)
            || text[..i].EndsWith("\\033"u8) || text[..i].EndsWith("\\e"u8) || text[..i].EndsWith("`e"u8);
    }

    /// <summary>Length of a terminal control sequence that starts at <paramref name="at"/>; 0 if there is none.</summary>
    public static int ColourLength(ReadOnlySpan<byte> text, int at)
    {
        // A placeholder behind a lone escape character is no sequence that ends with its first letter.
        if (at + 2 >= text.Length || text[at] != 0x1b || text[at + 1] != '[' || text[(at + 1)..].StartsWith(Placeholder.Start))
        {
            return 0;
        }

        int i = at + 2;
        while (i < text.Length && i - at < 24 && text[i] is >= 0x20 and < 0x40)
        {
            i++;
        }

        return i < text.Length && text[i] is >= 0x40 and < 0x7f ? i - at + 1 : 0;
    }
}
