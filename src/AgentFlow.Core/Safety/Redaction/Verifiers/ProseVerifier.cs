namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Secrets in sentences: a strongly random word right behind "key", "token", "secret" or "credentials", and what looks like a chosen
/// password behind that word in some languages, in quotes or where the sentence tells it.
/// </summary>
internal static class ProseVerifier
{
    private const int MaxGap = 80;
    private const int MaxWords = 3;
    private const int MaxPhrase = 9;
    private const int MaxLater = 160;
    private const int MinLetters = 20;
    private const int MaxBefore = 48;

    private static readonly ByteSet s_token = new("A-Za-z0-9_.+/=~-");

    /// <summary>Words of a sentence, in any language.</summary>
    private static readonly ByteSet s_phrase = new("A-Za-z0-9\u0080-\u00ff-");

    private static readonly ByteSet s_lowered = new("a-z0-9\u0080-\u00ff-");
    private static readonly ByteSet s_hyphened = new("a-z-");
    private static readonly ByteSet s_raised = new("A-Z0-9-");

    private static readonly ByteSet s_word = new("A-Za-z0-9\u0080-\u00ff");

    private static readonly ByteSet s_remark = new("A-Za-z ");
    private static readonly ByteSet s_value = new("!#-&*+.0-9:;=?@A-Z^_a-z~-");

    private static readonly ByteSet s_gap = new(" \t:=()\"'`[<>-");

    /// <summary>Sighting: a word that stands for a token or a key.</summary>
    public static void Verify(scoped in Site site) => Verify(site, isPassword: false);

    /// <summary>Sighting: a word that stands for a password, in some languages.</summary>
    public static void VerifyPassword(scoped in Site site) => Verify(site, isPassword: true);

    private static void Verify(scoped in Site site, bool isPassword)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool inHeader = site.At > 0 && text[site.At - 1] is (byte)'-' or (byte)'.';
        if (inHeader || text[..site.At].EndsWith("public "u8) || (!Escapes.LeftBoundary(text, site.At) && !(site.At > 0 && text[site.At - 1] == '_' && IsOfSecret(text, site.At))))
        {
            return;
        }

        VerifyBefore(site, isPassword);
        int behind = site.At + s_word.Run(text, site.At, 16);
        if (!VerifyNear(site, behind, isPassword))
        {
            VerifyLater(site, behind, isPassword);
        }
    }

    /// <summary>What the same line tells of the word further on: "… rotated; the old one was …", "the variable we had there was …".</summary>
    private static void VerifyLater(scoped in Site site, int from, bool isPassword)
    {
        ReadOnlySpan<byte> text = site.Text[..Math.Min(site.Text.Length, from + MaxLater)];
        int line = text[from..].IndexOf((byte)'\n');
        text = line < 0 ? text : text[..(from + line)];

        // What was masked before has had its say: nothing behind it belongs to this word.
        int masked = text[from..].IndexOf(Placeholder.Start);
        text = masked < 0 ? text : text[..(from + masked)];
        for (int next, at = from; (next = text[at..].IndexOf("s "u8)) >= 0; at += next + 2)
        {
            int verb = text[..(at + next)].LastIndexOf((byte)' ');
            if (verb >= from && Telling.At(text, from, verb) is { Value: > 0 } telling && Told(site.Text, site.At, telling, isPassword) is > 0 and int length)
            {
                site.Report(telling.Value, LineWrap.Extend(site.Text, telling.Value, telling.Value + length, s_token));
                Echo(site, telling.Value, length);
                return;
            }
        }
    }

    /// <summary>Right behind a verb or a colon: a digest, and what has no digit; behind "key" it may be the key of a cache.</summary>
    private static bool IsTold(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word) =>
        (text[at] | 0x20) != 'k' && (ProseValue.IsDigest(word) || (word.Length >= MinLetters && ProseValue.IsNoWord(word)));

    /// <summary>Length of the secret that a phrase tells; 0 for none.</summary>
    private static int Told(ReadOnlySpan<byte> text, int at, Telling telling, bool isPassword)
    {
        ReadOnlySpan<byte> word = text.Slice(telling.Value, s_token.Run(text, telling.Value, 1024)).TrimEnd(".=-"u8);
        bool told = ProseValue.IsSecret(word) || IsTold(text, at, word) || (ProseValue.IsDigest(word) && telling.IsOfValue) || (Shape.IsUuid(word) && (telling.IsOfValue || IsServerToken(text[..at])));
        return told ? word.Length : telling.IsOfValue && (isPassword || text[telling.Value - 1] != ' ') ? ProseValue.Password(text, telling.Value, told: true).Length : 0;
    }

    /// <summary>Reports what stands within a few words; false when nothing does.</summary>
    private static bool VerifyNear(scoped in Site site, int from, bool isPassword)
    {
        ReadOnlySpan<byte> text = site.Text;
        int i = from;
        int words = 0;
        bool tells = false;
        bool quoted = false;
        bool isOther = false;

        // Names are read in ASCII elsewhere.
        bool isForeign = isPassword && text[site.At..from].ContainsAnyInRange((byte)0x80, (byte)0xFF);
        while (i < text.Length && i - from < MaxGap)
        {
            // "the auth token, …, was promoted"
            int gap = i == from && text[i..].StartsWith(", "u8) ? 2 : text[i] == '\n' && text[i - 1] == ':' ? 1 : GapLength(text, i);
            if (gap > 0)
            {
                quoted |= text[i] is (byte)'(' or (byte)'"' or (byte)'\'' or (byte)'`' or 0xC2 or 0xE2;
                tells |= text[i] is (byte)':';
                i += gap;
                continue;
            }

            int run = s_token.Run(text, i, 1024);
            ReadOnlySpan<byte> word = WithoutFile(text.Slice(i, run)).TrimEnd(".=-"u8);
            if (words == 1 && word.SequenceEqual("/"u8) && (text[site.At] | 0x20) == 'c' && i + 2 < text.Length && text[i + 1] == ' ')
            {
                // credentials: user / password
                int length = ProseValue.Password(text, i + 2, told: true).Length;
                if (length > 0)
                {
                    site.Report(i + 2, i + 2 + length);
                    return true;
                }
            }

            bool told = quoted || (words == 0 ? isForeign && text[from..i].ContainsAny((byte)':', (byte)'=') : words <= MaxWords || tells);
            if (i > from && isPassword && (told || (words == 0 && ProseValue.IsBare(text[from..i], word))) && ProseValue.Password(text, i, tells) is { IsEmpty: false } password)
            {
                site.Report(i, i + password.Length);
                Echo(site, i, password.Length);
                return true;
            }

            if (i > from && ((!isOther && ProseValue.IsSecret(word)) || (words == 0 && IsToldAtOnce(text, site.At, i, word, isPassword)) || (tells && words > 0 && !isPassword && !isOther && IsTold(text, site.At, word)) || (!isPassword && ProseValue.IsSeed(text, site.At, word))))
            {
                site.Report(i, LineWrap.Extend(text, i, i + word.Length, s_token));
                Echo(site, i, word.Length);
                return true;
            }

            // "The password of the admin account is …": a longer phrase must end in a verb or a colon that tells it.
            tells = IsVerb(word);
            isOther |= NameOperator.IsOfCommit(word);
            quoted = false;
            int phrase = isPassword ? PhraseLength(text, i) : run;
            bool isWord = phrase > 0 && (!isPassword || (i + phrase < text.Length && GapLength(text, i + phrase) > 0));
            words += word.SequenceEqual("now"u8) || word.SequenceEqual("still"u8) ? 0 : 1;
            if (i == from || !isWord || words > (isPassword ? MaxPhrase : MaxWords) || (!isPassword && (word.IsEmpty || word.StartsWith("ssh-"u8) || !s_remark[word[0]] || !Shape.IsAll(word[1..], s_hyphened))))
            {
                return false;
            }

            i += phrase;
        }

        return false;
    }

    /// <summary>Whether a name of several words is one of a secret: not <c>VAPID_PUBLIC_KEY</c>, nor <c>CAPTCHA_SITE_KEY</c>.</summary>
    private static bool IsOfSecret(ReadOnlySpan<byte> text, int at) =>
        SecretNames.Classify(text[(at - ByteSet.Word.RunBack(text, at, SecretNames.MaxLength))..(at + ByteSet.Word.Run(text, at, 32))]) != NameKind.None;

    /// <summary>Length of a word of a sentence or of a host's name; a full stop that ends the sentence is not part of it.</summary>
    private static int PhraseLength(ReadOnlySpan<byte> text, int at)
    {
        // A name or an abbreviation may stand in a sentence, an identifier in humps does not.
        int length = s_phrase.Run(text, at, 64);
        bool isWord = length > 0 && (Shape.IsAll(text.Slice(at + 1, length - 1), s_lowered) || Shape.IsAll(text.Slice(at, length), s_raised));
        length = isWord ? length : 0;
        while (length > 0 && at + length + 1 < text.Length && text[at + length] == '.' && s_phrase[text[at + length + 1]])
        {
            length += 1 + s_phrase.Run(text, at + length + 1, 64);
        }

        return length;
    }

    /// <summary>Length of what may stand between the word and the value: blanks, marks, terminal sequences; 0 for none.</summary>
    private static int GapLength(ReadOnlySpan<byte> text, int at)
    {
        if (s_gap[text[at]])
        {
            return 1;
        }

        return text[at] is 0xC2 or 0xE2 ? Quote.At(text, at).Length : Escapes.ColourLength(text, at);
    }

    /// <summary>A secret in a path, without the name of the file behind it.</summary>
    private static ReadOnlySpan<byte> WithoutFile(ReadOnlySpan<byte> word)
    {
        int slash = word.LastIndexOf((byte)'/');
        return slash > 0 && word[slash..].Contains((byte)'.') && Shape.IsWordy(word[(slash + 1)..]) ? word[..slash] : word;
    }

    private static bool IsVerb(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("is"u8) || word.SequenceEqual("from"u8) || word.SequenceEqual("to"u8) || word.SequenceEqual("was"u8) || word.SequenceEqual("est"u8) || word.SequenceEqual("ist"u8)
        || word.SequenceEqual("lautet"u8) || word.SequenceEqual("es"u8);

    /// <summary>One of the telling words alone and blanks; behind an operator the name decides, behind "key" it may be the key of a cache.</summary>
    private static bool IsPlainGap(ReadOnlySpan<byte> head)
    {
        int word = ByteSet.Alnum.Run(head, 0);
        return (head[0] | 0x20) != 'k' && word is 5 or 6 or 7 or 8 or 10 or 11 && head[word..].IndexOfAny((byte)'=', (byte)':') < 0 && (Shape.IsAll(head[1..word], ByteSet.Lower) || Shape.IsAll(head[1..word], ByteSet.Upper));
    }

    /// <summary>What counts only right behind the telling word: a digest, and in parentheses behind a token a UUID.</summary>
    private static bool IsToldAtOnce(ReadOnlySpan<byte> text, int at, int value, ReadOnlySpan<byte> word, bool isPassword)
    {
        bool plain = IsPlainGap(text[at..value]) && (text[value - 2] != ',' || IsServerToken(text[..at]));
        return (!isPassword && plain && (text[value - 1] == '(' || IsServerToken(text[..at])) && Shape.IsUuid(word)) || (ProseValue.IsDigest(word) && (plain || IsApiKey(text, at, value)));
    }

    private static bool IsServerToken(ReadOnlySpan<byte> before) =>
        before.EndsWith("erver "u8) || before.EndsWith("API "u8) || before.EndsWith("api "u8) || before.EndsWith("ccess "u8) || before.EndsWith("uth "u8) || before.EndsWith("ccount "u8);

    /// <summary>"API key …", "Datadog key (…)": no key of a cache.</summary>
    private static bool IsApiKey(ReadOnlySpan<byte> text, int at, int value)
    {
        ReadOnlySpan<byte> gap = text[(at + 3)..value];
        int before = at > 0 && text[at - 1] == ' ' ? ByteSet.Alnum.RunBack(text, at - 1, 24) : 0;
        if (before == 0 || gap.Length > 3 || gap.ContainsAny((byte)'=', (byte)'-') || !text[at..].StartsWith("key"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> word = text[(at - 1 - before)..(at - 1)];
        NameKind kind = SecretNames.Classify(text[(at - 1 - before)..(at + 3)]);
        return kind == NameKind.Secret ? !Shape.IsAll(word, ByteSet.Upper) || word.SequenceEqual("API"u8) : kind == NameKind.Key && word.Length > 4 && ByteSet.Upper[word[0]] && Shape.IsAll(word[1..], ByteSet.Lower);
    }

    /// <summary>A value before the word: <c>use … as the API key</c>.</summary>
    private static void VerifyBefore(in Site site, bool isPassword)
    {
        ReadOnlySpan<byte> text = site.Text;
        int from = Math.Max(0, site.At - MaxBefore);
        int found = text[from..site.At].LastIndexOf(" as "u8);
        int end = from + found;
        if (found < 1 || s_remark.Run(text, end + 4) < site.At - end - 4)
        {
            return;
        }

        bool quoted = text[end - 1] is (byte)'`' or (byte)'"' or (byte)'\'';
        end -= quoted ? 1 : 0;
        int start = end - (isPassword ? s_value : s_token).RunBack(text, end, 128);
        ReadOnlySpan<byte> word = text[start..end];
        bool isSecret = isPassword ? ProseValue.Password(text, start, quoted) is var password && password.Length == word.Length : ProseValue.IsSecret(word) || ProseValue.IsDigest(word) || (word.Length >= MinLetters && ProseValue.IsNoWord(word));
        if (!word.IsEmpty && isSecret && (start == 0 || text[start - 1] is (byte)' ' or (byte)'`' or (byte)'"' or (byte)'\'' or (byte)'\n'))
        {
            site.Report(start, end);
        }
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
