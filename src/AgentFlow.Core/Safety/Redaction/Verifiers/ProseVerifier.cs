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

    private static readonly ByteSet s_token = new("A-Za-z0-9_.+/=~-");
    private static readonly ByteSet s_password = new("!#-&*+./0-9:;=?@A-Z^_a-z~-");

    /// <summary>Words of a sentence, in any language.</summary>
    private static readonly ByteSet s_phrase = new("A-Za-z0-9\u0080-\u00ff-");

    private static readonly ByteSet s_base32 = new("A-Z2-7");

    private static readonly ByteSet s_lowered = new("a-z0-9\u0080-\u00ff-");
    private static readonly ByteSet s_raised = new("A-Z0-9-");

    private static readonly ByteSet s_word = new("A-Za-z0-9\u0080-\u00ff");

    private static readonly ByteSet s_gap = new(" \t:=(\"'`[<>-");

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

    /// <summary>Length of the secret that a phrase tells; 0 for none.</summary>
    private static int Told(ReadOnlySpan<byte> text, int at, Telling telling, bool isPassword)
    {
        bool isKey = (text[at] | 0x20) == 'k';
        ReadOnlySpan<byte> word = text.Slice(telling.Value, s_token.Run(text, telling.Value, 1024)).TrimEnd(".=-"u8);
        bool told = IsSecret(word) || (IsDigest(word) && (telling.IsOfValue || !isKey)) || (telling.IsOfValue && Shape.IsUuid(word));
        return told ? word.Length : telling.IsOfValue && (isPassword || text[telling.Value - 1] != ' ') ? Password(text, telling.Value).Length : 0;
    }

    /// <summary>Reports what stands within a few words; false when nothing does.</summary>
    private static bool VerifyNear(scoped in Site site, int from, bool isPassword)
    {
        ReadOnlySpan<byte> text = site.Text;
        int i = from;
        int words = 0;
        bool tells = false;
        bool quoted = false;

        // Names are read in ASCII elsewhere.
        bool isForeign = isPassword && text[site.At..from].ContainsAnyInRange((byte)0x80, (byte)0xFF);
        while (i < text.Length && i - from < MaxGap)
        {
            int gap = GapLength(text, i);
            if (gap > 0)
            {
                quoted |= text[i] is (byte)'(' or (byte)'"' or (byte)'\'' or (byte)'`' or 0xC2 or 0xE2;
                tells |= text[i] is (byte)':';
                i += gap;
                continue;
            }

            int run = s_token.Run(text, i, 1024);
            ReadOnlySpan<byte> word = WithoutFile(text.Slice(i, run)).TrimEnd(".=-"u8);
            bool told = quoted || (words == 0 ? isForeign && text[from..i].ContainsAny((byte)':', (byte)'=') : words <= MaxWords || tells);
            if (i > from && isPassword && (told || (words == 0 && IsBare(text[from..i], word))) && Password(text, i) is { IsEmpty: false } password)
            {
                site.Report(i, i + password.Length);
                Echo(site, i, password.Length);
                return true;
            }

            if (i > from && (IsSecret(word) || (words == 0 && IsToldAtOnce(text, site.At, i, word, isPassword)) || (!isPassword && IsSeed(text, site.At, word))))
            {
                site.Report(i, LineWrap.Extend(text, i, i + word.Length, s_token));
                Echo(site, i, word.Length);
                return true;
            }

            // "The password of the admin account is …": a longer phrase must end in a verb or a colon that tells it.
            tells = IsVerb(word);
            quoted = false;
            int phrase = isPassword ? PhraseLength(text, i) : run;
            bool isWord = phrase > 0 && (!isPassword || (i + phrase < text.Length && GapLength(text, i + phrase) > 0));
            if (i == from || !isWord || ++words > (isPassword ? MaxPhrase : MaxWords) || (!isPassword && !Shape.IsAll(word, ByteSet.Lower)))
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
        word.SequenceEqual("is"u8) || word.SequenceEqual("to"u8) || word.SequenceEqual("was"u8) || word.SequenceEqual("est"u8) || word.SequenceEqual("ist"u8)
        || word.SequenceEqual("lautet"u8) || word.SequenceEqual("es"u8);

    private static bool IsSecret(ReadOnlySpan<byte> word) =>
        word.Length >= 20 && Shape.LooksStronglyRandom(word) && !word.StartsWith("//"u8) && !word.TrimEnd((byte)'=').Contains((byte)'=') && word.Count((byte)'/') <= word.Length / 12 && !SecretValues.IsPublicId(word) && !SecretValues.IsPublishable(word)
        && !SecretValues.IsStandIn(word) && word.Count((byte)'.') <= 2 && !SecretValues.IsNameWithDigest(word) && !SecretValues.IsEncodedText(word);

    /// <summary>"our password cTp1AzIlQ_flQ7": right behind the word only what no name and no algorithm looks like.</summary>
    private static bool IsBare(ReadOnlySpan<byte> gap, ReadOnlySpan<byte> word) =>
        gap.SequenceEqual(" "u8) && word.Length >= 12 && Shape.LooksRandom(word) && !Shape.ReadsLikeWords(word) && !SecretValues.IsName(word) && Shape.Digits(word) >= 2
        && word.IndexOf("Sha"u8) < 0 && word.IndexOf("SHA"u8) < 0 && word.IndexOf("ase64"u8) < 0;

    /// <summary>The password that begins at a place of a sentence; empty when none does.</summary>
    private static ReadOnlySpan<byte> Password(ReadOnlySpan<byte> text, int at)
    {
        if (SecretValues.IsAppPassword(text[at..Math.Min(text.Length, at + SecretValues.AppPasswordLength)]))
        {
            return text.Slice(at, SecretValues.AppPasswordLength);
        }

        int length = s_password.Run(text, at, 128);
        while (at + length + 1 < text.Length && text[at + length] is >= 0xC3 and <= 0xC5 && text[at + length + 1] is >= 0x80 and <= 0xBF && length < 128)
        {
            // A letter with an accent.
            length += 2;
            length += s_password.Run(text, at + length, 128);
        }

        // In quotes the last sign belongs to it; in a sentence it may end that.
        bool closed = at > 0 && at + length < text.Length && text[at + length] == text[at - 1] && text[at - 1] is (byte)'`' or (byte)'"' or (byte)'\'';
        ReadOnlySpan<byte> word = text.Slice(at, length);
        word = closed ? word : word.TrimEnd(".,;:?!=-"u8);
        return IsPassword(word) ? word : default;
    }

    /// <summary>"The password is …": a shorter word will do when it mixes cases and digits as no word of a sentence does.</summary>
    private static bool IsPassword(ReadOnlySpan<byte> word) =>
        !SecretValues.IsStandIn(word) && (Shape.LooksLikePassword(word)
        || (word.Length >= 8 && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9') && word.ContainsAnyInRange((byte)'a', (byte)'z')
            && word.ContainsAnyInRange((byte)'A', (byte)'Z') && !word.Contains((byte)'/')) || Shape.LooksChosen(word) || IsPassphrase(word));

    /// <summary>A phrase of words with a number in it, told in quotes: <c>"parsley-Mosaic85-meadow-quarry"</c>.</summary>
    private static bool IsPassphrase(ReadOnlySpan<byte> word) =>
        word.Length >= 16 && word.Count((byte)'-') >= 3 && word.ContainsAnyInRange((byte)'0', (byte)'9') && ByteSet.WordDash.Run(word, 0) == word.Length && !Shape.IsUuid(word)
        && word.ContainsAnyInRange((byte)'A', (byte)'Z') && word.ContainsAnyInRange((byte)'a', (byte)'z');

    /// <summary>Hexadecimal, base32 or other text of one case right behind the word; behind "key" it may be the key of a cache.</summary>
    private static bool IsDigest(ReadOnlySpan<byte> word) =>
        word.Length >= 32 && (Shape.IsAll(word, ByteSet.LowerAlnum) || Shape.IsAll(word, ByteSet.UpperAlnum)) && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>The secret of one-time passwords in base32, named as such.</summary>
    private static bool IsSeed(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> before = text[Math.Max(0, at - 16)..at];
        return word.Length is >= 16 and <= 64 && Shape.IsAll(word, s_base32) && word.ContainsAnyInRange((byte)'2', (byte)'7') && Shape.LooksRandom(word)
            && (before.IndexOf("OTP "u8) >= 0 || before.IndexOf("2FA "u8) >= 0 || before.IndexOf("MFA "u8) >= 0 || before.IndexOf("uthenticator "u8) >= 0);
    }

    /// <summary>One of the telling words alone and blanks; behind an operator the name decides, behind "key" it may be the key of a cache.</summary>
    private static bool IsPlainGap(ReadOnlySpan<byte> head)
    {
        int word = ByteSet.Alnum.Run(head, 0);
        return (head[0] | 0x20) != 'k' && word is 5 or 6 or 7 or 8 or 10 or 11 && head[word..].IndexOfAny((byte)'=', (byte)':') < 0 && (Shape.IsAll(head[1..word], ByteSet.Lower) || Shape.IsAll(head[1..word], ByteSet.Upper));
    }

    /// <summary>What counts only right behind the telling word: a digest, and in parentheses behind a token a UUID.</summary>
    private static bool IsToldAtOnce(ReadOnlySpan<byte> text, int at, int value, ReadOnlySpan<byte> word, bool isPassword)
    {
        bool plain = IsPlainGap(text[at..value]);
        return (!isPassword && plain && (text[value - 1] == '(' || IsServerToken(text[..at])) && Shape.IsUuid(word)) || (IsDigest(word) && (plain || IsApiKey(text, at, value)));
    }

    private static bool IsServerToken(ReadOnlySpan<byte> before) =>
        before.EndsWith("erver "u8) || before.EndsWith("API "u8) || before.EndsWith("api "u8) || before.EndsWith("ccess "u8) || before.EndsWith("uth "u8) || before.EndsWith("ccount "u8);

    /// <summary>"API key …", "admin key (…)": no key of a cache.</summary>
    private static bool IsApiKey(ReadOnlySpan<byte> text, int at, int value) =>
        (text[at..value].SequenceEqual("key "u8) || text[at..value].SequenceEqual("key ("u8)) && (text[..at].EndsWith("API "u8) || text[..at].EndsWith("api "u8) || text[..at].EndsWith("secret "u8)
        || text[..at].EndsWith("access "u8) || text[..at].EndsWith("admin "u8) || text[..at].EndsWith("service "u8) || text[..at].EndsWith("auth "u8));

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
