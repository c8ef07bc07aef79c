using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Walks a text and a known value side by side. Each byte of the value may stand raw, percent-encoded, JSON-escaped to any depth, as an
/// HTML entity or quoted-printable; between two of them the text may wrap its line or change colour.
/// </summary>
internal static class KnownWalker
{
    /// <summary>Longest escape of one byte that is looked for backwards.</summary>
    public const int MaxUnit = 8;

    /// <summary>Slack for line breaks, indentation and colours.</summary>
    public const int MaxBreak = 96;

    private static readonly (byte Character, string Name)[] s_entities =
        [((byte)'&', "amp"), ((byte)'<', "lt"), ((byte)'>', "gt"), ((byte)'"', "quot"), ((byte)'\'', "apos"), ((byte)' ', "nbsp")];

    /// <summary>Matches an encoded form; gives the span to hide, or (-1, -1).</summary>
    public delegate (int Start, int End) Encoded(ReadOnlySpan<byte> text, int start, string core);

    /// <summary>End of the value that starts at <paramref name="start"/>, or -1.</summary>
    public static int MatchEscaped(ReadOnlySpan<byte> text, int start, byte[] value)
    {
        int at = start;
        int i = 0;
        while (i < value.Length)
        {
            (int taken, int matched) = at < text.Length ? Unit(text, at, value, i) : (0, 0);
            if (matched > 0)
            {
                at += taken;
                i += matched;
                continue;
            }

            int skip = i > 0 && at < text.Length ? Break(text, at) : 0;
            if (skip == 0)
            {
                return -1;
            }

            at += skip;
        }

        return at;
    }

    /// <summary>Matches base64 in either alphabet and takes in the neighbour characters that hold some bits of the value.</summary>
    public static (int Start, int End) MatchBase64(ReadOnlySpan<byte> text, int start, string core)
    {
        int at = start;
        for (int i = 0; i < core.Length;)
        {
            int step = at < text.Length ? Base64Step(text, at, core[i]) : 0;
            if (step > 0)
            {
                at += step;
                i++;
                continue;
            }

            int skip = i > 0 && at < text.Length ? Break(text, at) : 0;
            if (skip == 0)
            {
                return (-1, -1);
            }

            at += skip;
        }

        int low = start > 0 && ByteSet.AnyBase64[text[start - 1]] ? start - 1 : start;
        int high = at < text.Length && ByteSet.AnyBase64[text[at]] ? at + 1 : at;
        return (low, high);
    }

    /// <summary>Matches hexadecimal digits in either case, also as <c>\x41\x42</c> or with one separator per byte.</summary>
    public static (int Start, int End) MatchHex(ReadOnlySpan<byte> text, int start, string core)
    {
        int at = start;
        for (int i = 0; i < core.Length; i++)
        {
            if (i > 0 && at < text.Length && Escapes.HexDigit(text[at]) < 0)
            {
                int skip = Break(text, at);
                at += skip > 0 ? skip : (i & 1) != 0 ? 0 : text[at..].StartsWith("\\x"u8) || text[at..].StartsWith("0x"u8) ? 2 : text[at] is (byte)':' or (byte)' ' or (byte)'-' ? 1 : 0;
            }

            if (at >= text.Length || (text[at] | 0x20) != (core[i] | 0x20))
            {
                return (-1, -1);
            }

            at++;
        }

        return (start, at);
    }

    private static int Base64Step(ReadOnlySpan<byte> text, int at, char expected)
    {
        byte seen = text[at];
        if (seen == expected || (expected == '+' && seen == '-') || (expected == '/' && seen == '_'))
        {
            return 1;
        }

        int escaped = expected is '+' or '/' ? Escapes.Base64Member(text, at) : 0;
        if (escaped == 0)
        {
            return 0;
        }

        int value = seen == '%' ? Escapes.HexPair(text, at + 1) : text[at + escaped - 1] == '/' ? '/' : Escapes.HexPair(text, at + escaped - 2);
        return value == expected ? escaped : 0;
    }

    /// <summary>Bytes of text and bytes of value that match here; (0, 0) for none.</summary>
    private static (int Taken, int Matched) Unit(ReadOnlySpan<byte> text, int at, byte[] value, int i)
    {
        byte seen = text[at];
        byte expected = value[i];
        switch (seen)
        {
            case (byte)'%':
                int taken = Percent(text, at, expected);
                return taken > 0 ? (taken, 1) : seen == expected ? (1, 1) : (0, 0);
            case (byte)'&':
                (int Taken, int Matched) entity = Entity(text, at, value, i);
                return entity.Taken > 0 ? entity : seen == expected ? (1, 1) : (0, 0);
            case (byte)'\\':
                return Backslashes(text, at, value, i);
            case (byte)'=' when expected != '=' || Escapes.HexPair(text, at + 1) == '=':
                return Escapes.HexPair(text, at + 1) == expected ? (3, 1) : seen == expected ? (1, 1) : (0, 0);
            case (byte)'+' when expected == ' ':
                return (1, 1);
            case (byte)'\r' when expected == '\n' && at + 1 < text.Length && text[at + 1] == '\n':
                return (2, 1);
            case (byte)'\n' when expected == '\r' && i + 1 < value.Length && value[i + 1] == '\n':
                return (1, 2);
            default:
                return seen == expected ? (1, 1) : (0, 0);
        }
    }

    /// <summary><c>%2F</c>, also encoded again (<c>%252F</c>).</summary>
    private static int Percent(ReadOnlySpan<byte> text, int at, byte expected)
    {
        int i = at + 1;
        while (i + 1 < text.Length && i - at < 8 && text[i] == '2' && text[i + 1] == '5' && Escapes.HexPair(text, i + 2) >= 0)
        {
            if (expected == '%' && Escapes.HexPair(text, i) == '%' && Escapes.HexPair(text, i + 2) != '%')
            {
                return i + 2 - at;
            }

            i += 2;
        }

        return Escapes.HexPair(text, i) == expected ? i + 2 - at : 0;
    }

    private static (int Taken, int Matched) Entity(ReadOnlySpan<byte> text, int at, byte[] value, int index)
    {
        byte expected = value[index];
        int i = at + 1;
        while (text[i..].StartsWith("amp;"u8) && i - at < 12 && expected != '&')
        {
            i += 4;
        }

        if (i < text.Length && text[i] == '#')
        {
            return NumericEntity(text, at, i + 1, value, index);
        }

        foreach ((byte character, string name) in s_entities)
        {
            if (character == expected && i + name.Length < text.Length && text[i + name.Length] == ';' && Same(text[i..], name))
            {
                return (i + name.Length + 1 - at, 1);
            }
        }

        return (0, 0);
    }

    private static (int Taken, int Matched) NumericEntity(ReadOnlySpan<byte> text, int start, int at, byte[] known, int index)
    {
        bool hex = at < text.Length && (text[at] | 0x20) == 'x';
        int i = hex ? at + 1 : at;
        int value = 0;
        int digits = 0;
        while (i < text.Length && digits < 7)
        {
            int digit = Escapes.HexDigit(text[i]);
            if (digit < 0 || (!hex && digit > 9))
            {
                break;
            }

            value = (value * (hex ? 16 : 10)) + digit;
            digits++;
            i++;
        }

        int matched = digits > 0 && i < text.Length && text[i] == ';' ? Same(value, known, index) : 0;
        return matched > 0 ? (i + 1 - start, matched) : (0, 0);
    }

    /// <summary>Bytes of the value that a character spells at a place; 0 when it is another.</summary>
    private static int Same(int character, byte[] value, int index)
    {
        Span<byte> spelled = stackalloc byte[4];
        return Rune.TryCreate(character, out Rune rune) && rune.EncodeToUtf8(spelled) is int length && value.AsSpan(index).StartsWith(spelled[..length]) ? length : 0;
    }

    private static bool Same(ReadOnlySpan<byte> text, string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if ((text[i] | 0x20) != name[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A run of backslashes and the character behind it, for any depth of nesting.</summary>
    private static (int Taken, int Matched) Backslashes(ReadOnlySpan<byte> text, int at, byte[] value, int i)
    {
        int run = 1;
        while (at + run < text.Length && text[at + run] == '\\' && run < 64)
        {
            run++;
        }

        int own = 0;
        while (i + own < value.Length && value[i + own] == '\\')
        {
            own++;
        }

        if (own > run)
        {
            return (0, 0);
        }

        if (own > 0 && (own == run || i + own == value.Length))
        {
            return (i + own == value.Length ? Math.Min(run, own * 2) : run, own);
        }

        int next = at + run;
        if (next >= text.Length || i + own >= value.Length)
        {
            return (0, 0);
        }

        byte expected = value[i + own];
        byte seen = text[next];
        (int length, int matched) = seen == expected || Named(seen) == expected ? (1, 1) : UnicodeEscape(text, next, value, i + own);
        return length > 0 ? (run + length, own + matched) : own > 0 ? (run, own) : (0, 0);
    }

    private static int Named(byte escape) => escape switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => -1,
    };

    /// <summary><c>u00e4</c>, a pair <c>ud83d\\ude00</c>, <c>x41</c>.</summary>
    private static (int Taken, int Matched) UnicodeEscape(ReadOnlySpan<byte> text, int at, byte[] value, int index)
    {
        if (text[at] == 'x')
        {
            return Escapes.HexPair(text, at + 1) == value[index] ? (3, 1) : (0, 0);
        }

        int unit = text[at] == 'u' ? CodeUnit(text, at + 1) : -1;
        if (unit < 0 || !char.IsHighSurrogate((char)unit))
        {
            int matched = unit < 0 ? 0 : Same(unit, value, index);
            return matched > 0 ? (5, matched) : (0, 0);
        }

        int low = at + 5;
        while (low < text.Length && text[low] == '\\' && low - at < 16)
        {
            low++;
        }

        int second = low < text.Length && text[low] == 'u' ? CodeUnit(text, low + 1) : -1;
        int pair = second >= 0 && char.IsLowSurrogate((char)second) ? Same(char.ConvertToUtf32((char)unit, (char)second), value, index) : 0;
        return pair > 0 ? (low + 5 - at, pair) : (0, 0);
    }

    private static int CodeUnit(ReadOnlySpan<byte> text, int at)
    {
        int high = Escapes.HexPair(text, at);
        int low = Escapes.HexPair(text, at + 2);
        return (high | low) < 0 ? -1 : (high << 8) | low;
    }

    /// <summary>Length of a line break with indentation, a continuation mark or a colour; 0 for none.</summary>
    private static int Break(ReadOnlySpan<byte> text, int at)
    {
        int colour = Escapes.ColourLength(text, at);
        if (colour > 0)
        {
            return colour;
        }

        int i = at;
        if (text[i] is (byte)'\\' or (byte)'`' or (byte)'=' or (byte)'^')
        {
            i++;
        }

        if (i < text.Length && text[i] == '\r')
        {
            i++;
        }

        if (i < text.Length && text[i] == '\n')
        {
            i++;
        }
        else if (text[i..].StartsWith("\\n"u8) || text[i..].StartsWith("n"u8) && i > at && text[at] == '\\')
        {
            i += text[i] == '\\' ? 2 : 1;
        }
        else
        {
            return text[at] == '\r' ? 1 : 0;
        }

        while (i < text.Length && i - at < MaxBreak && text[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        return i - at;
    }
}
