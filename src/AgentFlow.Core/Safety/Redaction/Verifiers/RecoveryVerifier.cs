namespace AgentFlow.Safety.Redaction;

/// <summary>Recovery codes: at least three of one form near their name, in a list, on lines or in a sentence.</summary>
internal static class RecoveryVerifier
{
    private const int Reach = 128;
    private const int MaxCodes = 32;
    private const int MinCodes = 3;

    private static readonly ByteSet s_digits = new("0-9-");
    private static readonly ByteSet s_blank = new(" \t");
    private static readonly ByteSet s_between = new(" \t\r\n,;\"'[]|*`-");

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        if (VerifyList(site))
        {
            return;
        }

        Span<Range> codes = stackalloc Range[MaxCodes];
        int count = 0;
        bool lettered = false;
        int limit = Math.Min(text.Length, site.At + Reach);
        for (int i = site.At; i < limit && count < MaxCodes;)
        {
            int length = ByteSet.WordDash.Run(text, i, 64);
            if (length > 0 && IsCode(text.Slice(i, length)) && (count == 0 || length == text[codes[0]].Length))
            {
                codes[count++] = i..(i + length);
                lettered |= !Shape.IsAll(text.Slice(i, length), s_digits);
                limit = Math.Min(text.Length, i + length + Reach);
            }
            else if (count > 0 && length > 0)
            {
                break;
            }

            i += Math.Max(length, 1);
            i += count > 0 && i < text.Length && s_between[text[i]] ? s_between.Run(text, i, 16) : 0;
        }

        for (int i = 0; lettered && count >= MinCodes && i < count; i++)
        {
            site.Report(codes[i].Start.Value, codes[i].End.Value);
        }
    }

    /// <summary>A list right behind the name, whose members need no hyphen: <c>"backup_codes": ["…", "…", "…"]</c>.</summary>
    private static bool VerifyList(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + ByteSet.WordDash.Run(text, site.At, 32);
        at += Quote.At(text, at).Length;
        at += s_blank.Run(text, at, 8);
        if (at >= text.Length || text[at] is not ((byte)':' or (byte)'='))
        {
            return false;
        }

        at += 1 + s_blank.Run(text, at + 1, 8);
        bool isArray = at < text.Length && text[at] == '[';
        at += isArray ? 1 : 0;
        Span<Range> codes = stackalloc Range[MaxCodes];
        int count = 0;
        bool digit = false;
        while (count < MaxCodes)
        {
            at += s_between.Run(text, at, 32);
            int length = ByteSet.WordDash.Run(text, at, 64);
            if (length is < 6 or > 24 || (count > 0 && length != text[codes[0]].Length))
            {
                break;
            }

            digit |= text.Slice(at, length).ContainsAnyInRange((byte)'0', (byte)'9');
            codes[count++] = at..(at + length);
            at += length;
        }

        bool areCodes = digit && count >= (isArray ? 2 : MinCodes);
        for (int i = 0; areCodes && i < count; i++)
        {
            site.Report(codes[i].Start.Value, codes[i].End.Value);
        }

        return areCodes;
    }

    /// <summary>Groups of four to six letters and digits with hyphens between them.</summary>
    private static bool IsCode(ReadOnlySpan<byte> word)
    {
        int groups = 0;
        foreach (Range range in word.Split((byte)'-'))
        {
            ReadOnlySpan<byte> group = word[range];
            groups += group.Length is >= 4 and <= 6 && Shape.IsAll(group, ByteSet.Alnum) ? 1 : MaxCodes;
        }

        return groups is 2 or 3 && word.ContainsAnyInRange((byte)'0', (byte)'9');
    }
}
