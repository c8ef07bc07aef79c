namespace AgentFlow.Safety.Redaction;

/// <summary>A strongly random word right behind "key", "token", "secret" or "credentials" in a sentence.</summary>
internal static class ProseVerifier
{
    private const int MaxGap = 80;
    private const int MaxWords = 3;
    private const int MaxPhrase = 9;

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
        bool isPassword = (text[site.At] | 0x20) == 'p';
        int words = 0;
        bool tells = false;
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
            if (i > from && (IsSecret(word) || (isPassword && words > 0 && (words <= MaxWords || tells) && IsPassword(word)) || (words == 0 && IsDigest(word) && IsPlainGap(text[site.At..i]))))
            {
                site.Report(i, LineWrap.Extend(text, i, i + word.Length, s_token));
                Echo(site, i, word.Length);
                return;
            }

            // "The password of the admin account is …": a longer phrase must end in a verb that tells it.
            tells = word.SequenceEqual("is"u8) || word.SequenceEqual("to"u8) || word.SequenceEqual("was"u8);
            if (i == from || word.IsEmpty || ++words > (isPassword ? MaxPhrase : MaxWords) || !Shape.IsAll(word, ByteSet.Lower))
            {
                return;
            }

            i += run;
        }
    }

    private static bool IsSecret(ReadOnlySpan<byte> word) =>
        word.Length >= 20 && Shape.LooksStronglyRandom(word) && word.Count((byte)'/') <= word.Length / 12 && !SecretValues.IsPublicId(word) && !SecretValues.IsPublishable(word)
        && !SecretValues.IsStandIn(word) && word.Count((byte)'.') <= 2 && !SecretValues.IsNameWithDigest(word);

    /// <summary>"The password is …": a shorter word will do when it mixes cases and digits.</summary>
    private static bool IsPassword(ReadOnlySpan<byte> word) =>
        word.Length >= 8 && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9') && word.ContainsAnyInRange((byte)'a', (byte)'z')
        && word.ContainsAnyInRange((byte)'A', (byte)'Z') && !word.Contains((byte)'/') && !SecretValues.IsStandIn(word);

    /// <summary>Hexadecimal or lower-case text right behind the word; behind "key" it may be the key of a cache.</summary>
    private static bool IsDigest(ReadOnlySpan<byte> word) =>
        word.Length >= 32 && Shape.IsAll(word, ByteSet.LowerAlnum) && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>One of the telling words alone and blanks; behind an operator the name decides, behind "key" it may be the key of a cache.</summary>
    private static bool IsPlainGap(ReadOnlySpan<byte> head)
    {
        int word = ByteSet.Alnum.Run(head, 0);
        return (head[0] | 0x20) != 'k' && word is 5 or 6 or 7 or 8 or 10 or 11 && head[word..].IndexOfAny((byte)'=', (byte)':') < 0 && (Shape.IsAll(head[1..word], ByteSet.Lower) || Shape.IsAll(head[1..word], ByteSet.Upper));
    }

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
