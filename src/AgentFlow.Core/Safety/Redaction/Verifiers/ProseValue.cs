namespace AgentFlow.Safety.Redaction;

/// <summary>What a word of a sentence must look like to be the secret that the sentence tells.</summary>
internal static class ProseValue
{
    private static readonly ByteSet s_password = new("!#-&*+./0-9:;=?@A-Z^_a-z~-");
    private static readonly ByteSet s_base32 = new("A-Z2-7");

    /// <summary>Strongly random, of one piece, and none of the forms that ids, addresses and names have.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> word) =>
        word.Length >= 20 && Shape.LooksStronglyRandom(word) && !word.StartsWith("//"u8) && !word.TrimEnd((byte)'=').Contains((byte)'=') && word.Count((byte)'/') <= word.Length / 12 && !SecretValues.IsPublicId(word) && !SecretValues.IsPublishable(word)
        && !SecretValues.IsStandIn(word) && word.Count((byte)'.') <= 2 && !SecretValues.IsNameWithDigest(word) && !SecretValues.IsEncodedText(word);

    /// <summary>"our password cTp1AzIlQ_flQ7": right behind the word only what no name and no algorithm looks like.</summary>
    public static bool IsBare(ReadOnlySpan<byte> gap, ReadOnlySpan<byte> word) =>
        gap.SequenceEqual(" "u8) && word.Length >= 12 && (Shape.LooksChosen(word) && ByteSet.Upper[word[0]] || Shape.LooksRandom(word) && !Shape.ReadsLikeWords(word) && !SecretValues.IsName(word) && (Shape.Digits(word) >= 2 || (word.Length >= 14 && IsNoWord(word) && Shape.Digits(word) >= 1)))
        && word.IndexOf("Sha"u8) < 0 && word.IndexOf("SHA"u8) < 0 && word.IndexOf("ase64"u8) < 0;

    /// <summary>The password that begins at a place of a sentence; empty when none does.</summary>
    /// <param name="text">The bytes in reach.</param>
    /// <param name="at">The place.</param>
    /// <param name="told">Whether a verb or a colon stands right before it; then a word and a number will do.</param>
    public static ReadOnlySpan<byte> Password(ReadOnlySpan<byte> text, int at, bool told)
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
        return IsPassword(word) || ((told || closed) && !SecretValues.IsStandIn(word) && (Shape.MayBeChosen(word) || IsNoWord(word))) ? word : default;
    }

    /// <summary>Drawn from letters of both cases, perhaps with signs: what needs no digit where a verb or quotes tell it.</summary>
    public static bool IsNoWord(ReadOnlySpan<byte> word) =>
        word.Length >= 8 && Shape.LooksRandom(word) && !Shape.ReadsLikeWords(word) && !word.Contains((byte)'/') && !word.Contains((byte)'.')
        && word.ContainsAnyInRange((byte)'a', (byte)'z') && word.ContainsAnyInRange((byte)'A', (byte)'Z');

    /// <summary>Hexadecimal, base32 or other text of one case right behind the word; behind "key" it may be the key of a cache.</summary>
    public static bool IsDigest(ReadOnlySpan<byte> word) =>
        word.Length >= 32 && (Shape.IsAll(word, ByteSet.LowerAlnum) || Shape.IsAll(word, ByteSet.UpperAlnum)) && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>The secret of one-time passwords in base32, named as such.</summary>
    public static bool IsSeed(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> before = text[Math.Max(0, at - 16)..at];
        return word.Length is >= 16 and <= 64 && Shape.IsAll(word, s_base32) && word.ContainsAnyInRange((byte)'2', (byte)'7') && Shape.LooksRandom(word)
            && (before.IndexOf("OTP "u8) >= 0 || before.IndexOf("2FA "u8) >= 0 || before.IndexOf("MFA "u8) >= 0 || before.IndexOf("uthenticator "u8) >= 0);
    }

    /// <summary>"The password is …": a shorter word will do when it mixes cases and digits as no word of a sentence does.</summary>
    private static bool IsPassword(ReadOnlySpan<byte> word) =>
        !SecretValues.IsStandIn(word) && (Shape.LooksLikePassword(word)
        || (word.Length >= 8 && Shape.LooksRandom(word) && word.ContainsAnyInRange((byte)'0', (byte)'9') && word.ContainsAnyInRange((byte)'a', (byte)'z')
            && word.ContainsAnyInRange((byte)'A', (byte)'Z') && !word.Contains((byte)'/')) || (Shape.LooksChosen(word) && ByteSet.Upper[word[0]]) || IsPassphrase(word));

    /// <summary>A phrase of words with a number in it, told in quotes: <c>"parsley-Mosaic85-meadow-quarry"</c>.</summary>
    private static bool IsPassphrase(ReadOnlySpan<byte> word) =>
        word.Length >= 16 && word.Count((byte)'-') >= 3 && word.ContainsAnyInRange((byte)'0', (byte)'9') && ByteSet.WordDash.Run(word, 0) == word.Length && !Shape.IsUuid(word)
        && word.ContainsAnyInRange((byte)'A', (byte)'Z') && word.ContainsAnyInRange((byte)'a', (byte)'z');
}
