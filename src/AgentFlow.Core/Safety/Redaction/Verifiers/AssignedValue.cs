namespace AgentFlow.Safety.Redaction;

/// <summary>Where the value behind a name ends, and what it is without the notation it stands in.</summary>
internal static class AssignedValue
{
    /// <summary>Answers of identity providers reach ten thousand characters.</summary>
    public const int MaxLength = 12 * 1024;

    /// <summary>Longest value whose line is read for signs that end others.</summary>
    private const int MaxLine = 256;

    private static readonly ByteSet s_name = new("A-Za-z0-9_.-");
    private static readonly ByteSet s_token = new("A-Za-z0-9_+/=.~-");

    /// <summary>End of the value behind a connector, by its quote, its notation or its line.</summary>
    public static int End(ReadOnlySpan<byte> text, int nameStart, Connector connector)
    {
        if (connector.Quote.IsSome)
        {
            return connector.Quote.Close(text, connector.Value, MaxLength);
        }

        int limit = Math.Min(text.Length, connector.Value + MaxLength);
        int pairEnd = connector.Kind == ConnectorKind.Equal ? PairEnd(text, nameStart, connector.Value) : -1;
        limit = pairEnd < 0 ? limit : pairEnd;
        bool wholeLine = pairEnd >= 0 || (connector.Kind == ConnectorKind.Equal && (Connector.IsLineStart(text, nameStart) || text[connector.Value - 1] == '\n'));
        int i = connector.Value;
        while (i < limit)
        {
            int join = text[i] == '\\' ? LineJoin(text[i..]) : 0;
            if (join > 0 && i > connector.Value)
            {
                i += join;
                continue;
            }

            bool ends = wholeLine ? EndsLineValue(text, i) : EndsValue(text, i, connector);
            int behind = ends && text[i] == 0x1b ? BehindColours(text, i) : i;
            if (ends && (behind == i || behind >= limit || !s_token[text[behind]]))
            {
                break;
            }

            i = ends ? behind : i + 1;
        }

        if (pairEnd >= 0 || connector.Kind == ConnectorKind.Cell)
        {
            return i;
        }

        // A parenthesis that closes nothing here belongs to what stands around.
        ReadOnlySpan<byte> value = text[connector.Value..i];
        return connector.Value + value.TrimEnd(!wholeLine ? ".,;:!?"u8 : value.Contains((byte)'(') ? ""u8 : ")"u8).Length;
    }

    /// <summary>End of the quotes around a name and its value (<c>- "NAME=value"</c>); -1 without them, or when blanks are in it.</summary>
    private static int PairEnd(ReadOnlySpan<byte> text, int nameStart, int value)
    {
        int open = nameStart - 1;
        if (open < 0 || text[open] is not ((byte)'"' or (byte)'\''))
        {
            return -1;
        }

        while (open > 0 && text[open - 1] == '\\' && nameStart - open < 16)
        {
            open--;
        }

        Quote around = Quote.At(text, open);
        int end = around.Close(text, value, MaxLine);
        bool closed = around.Length == nameStart - open && end < text.Length && Quote.At(text, end).Length == around.Length;
        return closed && text[value..end].IndexOfAny((byte)' ', (byte)'\t', (byte)'&') < 0 ? end : -1;
    }

    /// <summary>End of a value that is alone with its name on a line and has the signs in it that end others; else what was found.</summary>
    public static int LineEnd(ReadOnlySpan<byte> text, int nameStart, Connector connector, int end)
    {
        ReadOnlySpan<byte> line = text[connector.Value..Math.Min(text.Length, connector.Value + SecretValues.AppPasswordLength)];
        if (!connector.Quote.IsSome && end - connector.Value == 4 && SecretValues.IsAppPassword(line))
        {
            return connector.Value + line.Length;
        }

        if (connector.Quote.IsSome || connector.Kind != ConnectorKind.Colon || !connector.Spaced || end >= text.Length || text[end] <= ' ' || !Connector.IsLineStart(text, nameStart))
        {
            return end;
        }

        ReadOnlySpan<byte> rest = text[connector.Value..Math.Min(text.Length, connector.Value + MaxLine)];
        int blank = rest.IndexOfAnyInRange((byte)0, (byte)' ');
        ReadOnlySpan<byte> whole = blank < 0 ? rest : rest[..blank];
        bool alone = blank < 0 || rest[blank] is (byte)'\n' or (byte)'\r';
        return alone && connector.Value + whole.TrimEnd(",;)]}"u8).Length > end && Shape.LooksGenerated(whole) ? connector.Value + whole.Length : end;
    }

    /// <summary>Behind the terminal sequences at a place: what was searched for may stand in another colour in the middle of a value.</summary>
    private static int BehindColours(ReadOnlySpan<byte> text, int at)
    {
        int length;
        while (at < text.Length && (length = Escapes.ColourLength(text, at)) > 0)
        {
            at += length;
        }

        return at;
    }

    /// <summary>The value as it is meant: without terminal sequences, its lines joined.</summary>
    public static ReadOnlySpan<byte> OfOnePiece(ReadOnlySpan<byte> value, Span<byte> plain)
    {
        int length = 0;
        for (int i = 0; i < value.Length;)
        {
            int left = Math.Max(Escapes.ColourLength(value, i), LineJoin(value[i..]));
            if (left == 0)
            {
                plain[length++] = value[i];
            }

            i += Math.Max(left, 1);
        }

        return plain[..length];
    }

    /// <summary>Length of a backslash, a line end and the indent of the next line; 0 for none.</summary>
    private static int LineJoin(ReadOnlySpan<byte> text)
    {
        int end = text.StartsWith("\\\n"u8) ? 2 : text.StartsWith("\\\r\n"u8) ? 3 : 0;
        return end == 0 ? 0 : text.Length - text[end..].TrimStart(" \t"u8).Length;
    }

    /// <summary>A value that fills its line ends at white space; a separator with a further name behind it ends it too.</summary>
    private static bool EndsLineValue(ReadOnlySpan<byte> text, int i)
    {
        byte c = text[i];
        if (c is (byte)';' or (byte)'&' or (byte)',')
        {
            int name = s_name.Run(text, i + 1, 64);
            return i + 1 + name >= text.Length || (name > 0 && text[i + 1 + name] == '=') || text[i + 1] <= ' ';
        }

        return c <= ' ' || (c == '\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'r' or (byte)'"');
    }

    /// <summary>Whether a value belongs to the query of a URL, which a fragment may follow.</summary>
    private static bool IsParameter(ReadOnlySpan<byte> text, int value)
    {
        int name = value - 1 - s_name.RunBack(text, value - 1, 96);
        return name > 0 && text[name - 1] is (byte)'?' or (byte)'&';
    }

    /// <summary>Whether a value is a part of a path, alone or with its name: <c>/cache/api_token=…/index.json</c>.</summary>
    private static bool IsInPath(ReadOnlySpan<byte> text, int value)
    {
        if (text[value - 1] == '/')
        {
            return value > 1 && s_name[text[value - 2]];
        }

        int name = value - 1 - s_name.RunBack(text, value - 1, 96);
        return name > 1 && text[name - 1] == '/' && text[name - 2] is not ((byte)'/' or (byte)'?') && text[value - 1] == '=';
    }

    private static bool EndsValue(ReadOnlySpan<byte> text, int i, Connector connector)
    {
        byte c = text[i];
        if (connector.Kind == ConnectorKind.Element && c is not (byte)'<' and > (byte)' ')
        {
            // Only the next tag ends what stands between tags.
            return false;
        }

        if (c <= ' ' || c == 0x1b || "\"'`,;&<>)]}|"u8.Contains(c))
        {
            return true;
        }

        if (c == '#' && connector.Kind == ConnectorKind.Equal && IsParameter(text, connector.Value))
        {
            return true;
        }

        if (c == '/' && IsInPath(text, connector.Value))
        {
            return true;
        }

        if (c == '%' && connector.Kind == ConnectorKind.PercentEqual)
        {
            return Escapes.HexPair(text, i + 1) is '&' or '"' or ' ' or '#' or ';';
        }

        return c == '\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'"' or (byte)'\'' or (byte)'\\' or (byte)'u';
    }
}
