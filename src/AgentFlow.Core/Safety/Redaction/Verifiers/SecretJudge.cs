using System.Buffers;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Whether the value under a telling name is a secret.</summary>
internal static class SecretJudge
{
    private const int MinSymbols = 6;

    private static readonly SearchValues<byte> s_symbols = SearchValues.Create("!@#$%^&*+=?/~"u8);
    private static readonly ByteSet s_phrase = new("a-z ");
    private static readonly ByteSet s_token = new("A-Za-z0-9_+/=.~:%!*$@^#-");

    public static bool IsSecret(NameKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Connector connector)
    {
        if (SecretValues.IsStandIn(value) || SecretValues.IsPublishable(value) || SecretValues.RepeatsName(value, name) || (connector.Kind == ConnectorKind.Argument && SecretValues.IsAlphabet(value)))
        {
            return false;
        }

        bool assigned = connector.Quote.IsSome || connector.Kind is ConnectorKind.Equal or ConnectorKind.PercentEqual or ConnectorKind.Element;
        return kind switch
        {
            NameKind.Password => IsPassword(name, value, connector, assigned),
            NameKind.Secret => IsSecretValue(name, value, connector, assigned),
            NameKind.Pin => value.Length is >= 3 and <= 10 && Shape.IsAll(value, ByteSet.Digit) && assigned,
            NameKind.Signature => value.Length >= 16 && Shape.IsAll(value, s_token) && Shape.LooksRandom(value) && connector.Kind is ConnectorKind.Equal or ConnectorKind.PercentEqual,
            NameKind.Loose => connector.Kind != ConnectorKind.Argument && value.Length >= 16 && !SecretValues.IsEncodedText(value) && !SecretValues.LooksLikeId(value) && Shape.IsAll(value, s_token) && Shape.LooksRandom(value) && !Shape.IsUuid(value) && !SecretValues.IsPublicId(value) && !SecretValues.IsCode(value) && !SecretValues.IsName(value),
            NameKind.Key => IsKeyValue(name, value, connector, assigned),
            NameKind.Phone => NumberVerifier.IsPhoneValue(value),
            NameKind.Weak when Shape.IsUuid(value) => name.EndsWith("secret_id"u8) && assigned,

            // The primary key of a row ends in no padding.
            NameKind.Weak when value[^1] != '=' && name.Length >= 10 && Ascii.EqualsIgnoreCase(name[..7], "primary"u8) => false,
            _ => value.Length >= 20 && !SecretValues.IsEncodedText(value) && Shape.IsAll(value, s_token) && Shape.LooksStronglyRandom(value) && !Shape.IsUuid(value) && !SecretValues.LooksLikeId(value) && !SecretValues.IsPublicId(value) && !SecretValues.IsCode(value) && !SecretValues.IsNameWithDigest(value),
        };
    }

    /// <summary>The value of a key of some product: long, in a header less so, of one piece, with digits and letters as no word or name mixes them.</summary>
    private static bool IsKeyValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Connector connector, bool assigned) =>
        value.Length >= (name.StartsWith("X-"u8) || name.StartsWith("x-"u8) ? 16 : 20) && (assigned || connector.Kind is ConnectorKind.Colon or ConnectorKind.Flag or ConnectorKind.Cell) && Shape.IsAll(value, s_token) && value.ContainsAnyInRange((byte)'0', (byte)'9')
        && Shape.LooksRandom(value) && !Shape.IsUuid(value) && !SecretValues.LooksLikeId(value) && !SecretValues.IsPublicId(value) && !SecretValues.IsCode(value) && !SecretValues.IsName(value)
        && value.IndexOf((byte)':') < 0 && value.Count((byte)'/') <= 2;

    private static bool IsPassword(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Connector connector, bool assigned)
    {
        bool generated = Shape.LooksGenerated(value);
        if (value.Length < 3 || (value[0] == '@' && !generated) || SecretValues.IsWord(value.TrimEnd((byte)'*')) || SecretValues.IsForeignText(value))
        {
            return false;
        }

        if (SecretValues.IsAppPassword(value))
        {
            return true;
        }

        bool bare = !connector.Quote.IsSome;
        if ((bare ? SecretValues.IsCode(value) && !generated && !Shape.LooksChosen(value) : connector.Kind == ConnectorKind.Argument && SecretValues.IsLocation(value)) || IsShellPath(name, value))
        {
            return false;
        }

        bool isShort = (name.EndsWith("Pass"u8) || name.SequenceEqual("pass"u8) || name.SequenceEqual("PASS"u8)) && !(connector.Quote.IsSome && Shape.IsWordsAndNumber(value));
        bool loose = connector.Kind is ConnectorKind.Cell or ConnectorKind.Argument || isShort;
        if ((value.IndexOf((byte)' ') >= 0 || loose) && !generated && (!(Shape.LooksRandom(value) || Shape.LooksLikePassword(value) || Shape.MayBeChosen(value)) || value.IndexOfAny((byte)'\\', (byte)'{', (byte)' ') >= 0))
        {
            return false;
        }

        bool digit = value.ContainsAnyInRange((byte)'0', (byte)'9');
        bool letter = value.ContainsAnyInRange((byte)'A', (byte)'Z') || value.ContainsAnyInRange((byte)'a', (byte)'z');
        bool symbol = value.ContainsAny(s_symbols) || value.ContainsAnyInRange((byte)0x80, (byte)0xFF);
        if (digit && !letter && !symbol)
        {
            return assigned && value.Length >= 6;
        }

        if (!digit && !letter && value.Length < MinSymbols)
        {
            return false;
        }

        return digit || symbol
            ? assigned || connector.Kind == ConnectorKind.Flag || !SecretValues.IsName(value) || digit && (connector.Spaced || Shape.LooksLikePassword(value) || Shape.MayBeChosen(value))
            : LettersOnly(value, connector, assigned);
    }

    /// <summary>Only letters, hyphens and underscores: a password when it is assigned like one, not when it reads like a label or an identifier.</summary>
    private static bool LettersOnly(ReadOnlySpan<byte> value, Connector connector, bool assigned)
    {
        if (Shape.LooksRandom(value))
        {
            // The name of a test changes its case as often.
            return connector.Quote.IsSome || connector.Kind != ConnectorKind.Colon || !Shape.ReadsLikeWords(value);
        }

        bool label = ByteSet.Upper[value[0]] && Shape.IsAll(value[1..], ByteSet.Lower);
        bool plain = Shape.IsAll(value, ByteSet.Lower);
        return assigned && plain && !label && !connector.Spaced && value.Length >= 5;
    }

    /// <summary>A secret made of words and a number, as people choose them.</summary>
    private static bool IsChosen(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Connector connector) =>
        (EndsWith(name, "secret"u8) || (EndsWith(name, "token"u8) && connector.Quote.IsSome))
        && (Shape.LooksChosen(value) || (EndsWith(name, "secret"u8) && Shape.IsWordAndNumber(value)) || (value.Length >= 12 && Shape.Digits(value) >= 2
            && value.ContainsAnyInRange((byte)'a', (byte)'z') && value.ContainsAnyInRange((byte)'A', (byte)'Z') && value.IndexOfAny("./:()"u8) < 0 && (Shape.Digits(value) >= 4 || !value.Contains((byte)'-'))));

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word) => name.Length >= word.Length && Ascii.EqualsIgnoreCase(name[^word.Length..], word);

    private static bool IsSecretValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Connector connector, bool assigned)
    {
        if (value.Length < 8 || SecretValues.IsWord(value) || SecretValues.IsForeignText(value) || SecretValues.IsPublicId(value))
        {
            return false;
        }

        if (value.Count((byte)' ') >= 11 && Shape.IsAll(value, s_phrase))
        {
            return true;
        }

        if (connector.Kind is ConnectorKind.Cell or ConnectorKind.Argument && !(value.Length >= 16 && (value.ContainsAnyInRange((byte)'0', (byte)'9') || (value.Length >= 20 && Shape.IsMixed(value) && !Shape.ReadsLikeWords(value))) && Shape.LooksRandom(value) && !Shape.IsWordy(value)))
        {
            return false;
        }

        if (value.IndexOf((byte)'\\') >= 0 && !Shape.LooksStronglyRandom(value))
        {
            return false;
        }

        if (Shape.IsUuid(value) || (assigned && IsChosen(name, value, connector)))
        {
            return true;
        }

        if ((connector.Quote.IsSome ? SecretValues.IsLocation(value) : SecretValues.IsCode(value) && !IsOpen(value)) || SecretValues.IsName(value) || value.IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        bool dense = Shape.IsAll(value, s_token) || connector.Quote.IsSome;
        dense |= IsOpen(value);
        return dense && (Shape.LooksRandom(value) || (assigned && value.Length >= 16 && !Shape.IsWordy(value)));
    }

    /// <summary>Long and random, with a parenthesis that closes nothing: no call (<c>django-insecure-…</c> holds such).</summary>
    private static bool IsOpen(ReadOnlySpan<byte> value) =>
        value.Length >= 32 && value.Count((byte)'(') != value.Count((byte)')') && Shape.LooksRandom(value);

    /// <summary>PWD and OLDPWD of a shell hold folders.</summary>
    private static bool IsShellPath(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.EndsWith("PWD"u8) && (value[0] is (byte)'/' or (byte)'~' || (value.Length > 2 && value[1] == ':'));
}
