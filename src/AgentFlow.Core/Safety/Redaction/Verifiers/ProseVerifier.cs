namespace AgentFlow.Safety.Redaction;

/// <summary>A strongly random word right behind "key", "token", "secret" or "credentials" in a sentence.</summary>
internal static class ProseVerifier
{
    private const int MaxGap = 40;
    private const int MaxWords = 3;

    private static readonly ByteSet s_token = new("A-Za-z0-9_.+/=~-");
    private static readonly ByteSet s_gap = new(" \t:=(\"'`[<>-");

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool inHeader = site.At > 0 && text[site.At - 1] is (byte)'-' or (byte)'.';
        if (inHeader || (!Escapes.LeftBoundary(text, site.At) && !(site.At > 0 && text[site.At - 1] == '_')))
        {
            return;
        }

        int i = site.At + ByteSet.Alnum.Run(text, site.At, 16);
        int from = i;
        int words = 0;
        while (i < text.Length && i - from < MaxGap)
        {
            int colour = Escapes.ColourLength(text, i);
            if (colour > 0 || s_gap[text[i]])
            {
                i += Math.Max(colour, 1);
                continue;
            }

            int run = s_token.Run(text, i, 1024);
            ReadOnlySpan<byte> word = text.Slice(i, run).TrimEnd(".=-"u8);
            if (i > from && IsSecret(word))
            {
                site.Report(i, LineWrap.Extend(text, i, i + word.Length, s_token));
                Echo(site, i, word.Length);
                return;
            }

            if (i == from || word.IsEmpty || ++words > MaxWords || !Shape.IsAll(word, ByteSet.Lower))
            {
                return;
            }

            i += run;
        }
    }

    private static bool IsSecret(ReadOnlySpan<byte> word) =>
        word.Length >= 20 && Shape.LooksStronglyRandom(word) && word.Count((byte)'/') <= word.Length / 12 && !SecretValues.IsPublicId(word) && !SecretValues.IsPublishable(word)
        && !SecretValues.IsStandIn(word) && word.Count((byte)'.') <= 2;

    private static void Echo(in Site site, int start, int length)
    {
        ReadOnlySpan<byte> value = site.Text.Slice(start, length);
        int from = start + length;
        int limit = Math.Min(site.Text.Length, from + 512);
        int next;
        while (from < limit && (next = site.Text[from..limit].IndexOf(value)) >= 0)
        {
            site.Report(from + next, from + next + length);
            from += next + length;
        }
    }
}
