namespace AgentFlow.Safety.Redaction;

/// <summary>Follows a value over a wrapped line: the rest of it stands alone on the next line, usually indented.</summary>
internal static class LineWrap
{
    private const int MaxLines = 24;
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
            if (next < 0 || text[next..].StartsWith(head) || !BelongsTo(text.Slice(next, length), (next > 1 && text[next - 1] is (byte)' ' or (byte)'\t' && text[next - 2] != '>') || IsSoftBreak(text, start, end)))
            {
                return end;
            }

            end = next + length;
        }

        return end;
    }

    /// <summary>Start of the run that fills the line behind a line end, also a continued one (<c>\</c>), at <paramref name="end"/>; or -1.</summary>
    public static int Continuation(ReadOnlySpan<byte> text, int end, ByteSet members, out int length)
    {
        length = 0;
        int i = end;
        i += i < text.Length && text[i] == '\\' ? 1 : 0;
        i += i < text.Length && text[i] == '\r' ? 1 : 0;
        if (i >= text.Length || text[i] != '\n')
        {
            return -1;
        }

        i++;
        int indent = i;
        i += text[i..].StartsWith("> "u8) ? 2 : 0;
        while (i < text.Length && i - indent < 64 && text[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        length = members.Run(text, i, 4096);
        int after = i + length;
        bool inSentence = after < text.Length && text[after] == ' ' && Shape.LooksStronglyRandom(text.Slice(i, length));
        return length > 0 && (inSentence || after >= text.Length || text[after] is (byte)'\r' or (byte)'\n' or (byte)'"' or (byte)'\'' or 0x1b || text[after..].StartsWith("\\\n"u8) || (i > indent && text[after..].StartsWith(" ("u8))) ? i : -1;
    }

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
            : Shape.LooksStronglyRandom(run) || (run.Length >= 16 && Shape.LooksRandom(run) && Shape.IsMixed(run)));
    }
}
