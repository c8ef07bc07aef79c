namespace AgentFlow.Safety.Redaction;

/// <summary>Follows a value over a wrapped line: the rest of it stands alone on the next line, usually indented.</summary>
internal static class LineWrap
{
    private const int MaxLines = 24;
    private const int MaxIndent = 64;
    private const int MinPrefix = 4;
    private const int HeadLength = 4;
    private const int CheckLength = 8;

    /// <summary>
    /// End of the value from <paramref name="start"/> after its continuation lines; <paramref name="end"/> when there are none.
    /// A line that begins like the value is the next of a list, not its rest.
    /// </summary>
    public static int Extend(ReadOnlySpan<byte> text, int start, int end, ByteSet members)
    {
        ReadOnlySpan<byte> head = text[start..Math.Min(end, start + HeadLength)];
        for (int line = 0; line < MaxLines; line++)
        {
            int next = Continuation(text, end, members, out int length);
            if (next < 0 || text[next..].StartsWith(head) || !BelongsTo(text.Slice(next, length), IsIndented(text, next) || IsSoftBreak(text, start, end)))
            {
                return end;
            }

            end = next + length;
        }

        return end;
    }

    /// <summary>
    /// Start of the run that fills the line behind a line end at <paramref name="end"/>, also a continued one (<c>\</c>, <c>=</c> of
    /// quoted-printable text) and one between two strings that are joined; or -1.
    /// </summary>
    public static int Continuation(ReadOnlySpan<byte> text, int end, ByteSet members, out int length)
    {
        length = 0;
        int cell = CellLength(text, end);
        int i = end + (cell > 0 ? cell : JoinLength(text, end));
        int indent = i;
        if (i == end)
        {
            i = Connector.SkipColour(text, i);
            i += i < text.Length && text[i] is (byte)'\\' or (byte)'=' ? 1 : 0;
            i += i < text.Length && text[i] == '\r' ? 1 : 0;
            if (i >= text.Length || text[i] != '\n')
            {
                return -1;
            }

            i++;
            indent = i;
            i += text[i..].StartsWith("> "u8) ? 2 : PrefixLength(text, end, i);
            i = SkipBlanks(text, i);
        }

        length = members.Run(text, i, 4096);
        int after = i + length;
        bool inSentence = after < text.Length && text[after] == ' ' && IsRest(text.Slice(i, length));
        bool inCell = cell > 0 && SkipBar(text, SkipBlanks(text, after)) > 0;
        return length > 0 && (inCell || inSentence || after >= text.Length || text[after] is (byte)'\r' or (byte)'\n' or (byte)'"' or (byte)'\'' or 0x1b || text[after..].StartsWith("\\\n"u8) || text[after..].StartsWith("=\n"u8) || text[after..].StartsWith("=\r\n"u8) || (i > indent && text[after..].StartsWith(" ("u8))) ? i : -1;
    }

    /// <summary>Length of what joins a string that ends at a place to the one on the next line, up to its first character; 0 for none.</summary>
    public static int JoinLength(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] is not ((byte)'"' or (byte)'\''))
        {
            return 0;
        }

        int i = SkipBlanks(text, at + 1);
        i = i < text.Length && text[i] is (byte)'+' or (byte)'.' or (byte)'&' or (byte)'\\' ? SkipBlanks(text, i + 1) : i;
        i += i < text.Length && text[i] == '\r' ? 1 : 0;
        int next = i < text.Length && text[i] == '\n' ? SkipBlanks(text, i + 1) : i;
        return next > i + 1 && next < text.Length && text[next] == text[at] ? next + 1 - at : 0;
    }

    /// <summary>Length of the way to the next line of a cell in a drawn table, whose other cells are empty there; 0 for none.</summary>
    private static int CellLength(ReadOnlySpan<byte> text, int at)
    {
        int end = SkipBar(text, SkipBlanks(text, at));
        int start = end > 0 && end < text.Length && text[end] == '\n' ? SkipBar(text, end + 1) : 0;
        int next = start > 0 ? SkipBlanks(text, start) : 0;
        int behind = next > start ? SkipBar(text, next) : 0;
        return behind > 0 ? SkipBlanks(text, behind) - at : 0;
    }

    /// <summary>Behind the line between two cells; 0 when there is none.</summary>
    private static int SkipBar(ReadOnlySpan<byte> text, int at) =>
        at >= text.Length ? 0 : text[at] == '|' ? at + 1 : text[at..].StartsWith("│"u8) || text[at..].StartsWith("┃"u8) || text[at..].StartsWith("║"u8) ? at + 3 : 0;

    /// <summary>Length of what a program puts in front of both lines: their common words, the last blank included; 0 for none.</summary>
    private static int PrefixLength(ReadOnlySpan<byte> text, int end, int next)
    {
        int line = text[..end].LastIndexOf((byte)'\n') + 1;
        int common = text[line..end].CommonPrefixLength(text[next..]);
        int prefix = text.Slice(next, common).LastIndexOf((byte)' ') + 1;
        return prefix >= MinPrefix ? prefix : 0;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i < text.Length && i - at < MaxIndent && text[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        return i;
    }

    /// <summary>Whether a line is indented, or the rest of a string that was joined.</summary>
    private static bool IsIndented(ReadOnlySpan<byte> text, int at) =>
        at > 1 && (text[at - 1] is (byte)'"' or (byte)'\'' || (text[at - 1] is (byte)' ' or (byte)'\t' && text[at - 2] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'|'));

    /// <summary>A sign of equality at the end of a line that pads nothing: quoted-printable text goes on.</summary>
    private static bool IsSoftBreak(ReadOnlySpan<byte> text, int start, int end) =>
        text[end - 1] == '=' && text[end - 2] != '=' && ((end - start) & 3) != 0;

    private static bool BelongsTo(ReadOnlySpan<byte> run, bool indented)
    {
        // Behind a sign of equality may stand a checksum, but no value: then the line is the next assignment.
        int equal = run.TrimEnd((byte)'=').IndexOf((byte)'=');
        run = equal > 0 && run.Length - equal == CheckLength + 1 && Shape.IsAll(run[(equal + 1)..], ByteSet.UpperHex) ? run[..equal] : run;
        return (equal < 0 || equal == run.Length) && (indented
            ? run.Length >= 6 && (Shape.LooksRandom(run) || (run.Length < 12 && !Shape.IsWordy(run)))
            : IsRest(run));
    }

    /// <summary>What no word is that begins a line.</summary>
    private static bool IsRest(ReadOnlySpan<byte> run) => Shape.LooksStronglyRandom(run) || (run.Length >= 16 && Shape.LooksRandom(run) && Shape.IsMixed(run));
}
