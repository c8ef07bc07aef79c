using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Tells a value from what people write in its place: stand-ins, references, code, words.</summary>
internal static class SecretValues
{
    /// <summary>Characters of what <see cref="IsAppPassword"/> knows.</summary>
    public const int AppPasswordLength = 19;

    private static readonly ByteSet s_maskCharacters = new("*xX.#_?+-");
    private static readonly ByteSet s_number = new("0-9.,:TZ+-");
    private static readonly ByteSet s_identifier = new("A-Za-z0-9_$");
    private static readonly ByteSet s_constant = new("A-Z_");
    private static readonly ByteSet s_lowerName = new("a-z0-9_.-");
    private static readonly ByteSet s_lowerHex = new("a-f0-9");

    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "ok", "na", "n/a", "tbd", "todo", "empty", "blank", "unset", "set", "missing", "required",
        "optional", "hidden", "masked", "redacted", "secret", "password", "token", "string", "str", "text", "number", "boolean", "bool", "object", "any", "unknown", "void", "bytes",
        "invalid", "incorrect", "expired", "valid", "wrong", "revoked", "rotated", "disabled", "enabled", "changed", "change", "changeme", "updated", "reset", "forgot", "confirm",
        "default", "example", "sample", "dummy", "placeholder", "removed", "deleted", "created", "failed", "failure", "success", "denied", "rejected", "accepted", "ignored", "skipped",
        "provided", "present", "absent", "available", "configured", "defined", "encrypted", "hashed", "plain", "plaintext", "bcrypt", "argon2", "scrypt", "sha256", "sha512", "md5",
        "basic", "bearer", "digest", "refresh", "access", "session", "cookie", "cookies", "oauth", "oauth2", "saml", "jwt", "email", "user", "username", "admin", "owner", "value", "values", "key",
        "inherit", "current", "new", "old", "stored", "generated", "automatic", "auto", "manual", "prompt", "stdin", "file", "env", "environment", "vault", "keychain", "self", "this",
        "return", "await", "yield", "async", "function", "new-password", "current-password", "one-time-code", "application", "sensitive", "protected", "private", "public", "production", "development",
        "preview", "staging", "localhost", "postgres", "length", "checking", "loading", "pending", "running", "ready", "error", "warning", "info", "debug", "passed", "passing",
    };

    private static readonly SearchValues<string> s_standIns = SearchValues.Create(
    [
        "your", "example", "changeme", "change-me", "change_me", "placeholder", "dummy", "redacted", "insert", "replace", "process.env", "os.environ", "os.getenv", "getenv", "import.meta", "secrets.",
        "secretkeyref", "valuefrom", "xxxx", "****", "...", "\u2022\u2022", "\u2026", "my-secret", "my_secret", "mysecret", "supersecret", "super-secret", "<redacted", "env.", "op://", "vault:", "arn:aws", "env:", "file:/", "config.", "ref+", "data.",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>What is left out of a value, also of one that is random otherwise; a word like "your" may stand in that by chance.</summary>
    private static readonly SearchValues<string> s_ellipses = SearchValues.Create(["****", "...", "\u2022\u2022", "\u2026", "EXAMPLE", "example", "op://", "vault:"], StringComparison.Ordinal);

    /// <summary>
    /// A stand-in or a reference, never a value: <c>&lt;your-key&gt;</c>, <c>${X}</c>, <c>***</c>, <c>process.env.X</c>, <c>(hidden)</c>, a placeholder of ours.
    /// </summary>
    public static bool IsStandIn(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return true;
        }

        if (value.IndexOf("[REDACTED"u8) >= 0 || (Opens(value) && (IsReference(value) || !Shape.LooksGenerated(value))))
        {
            return true;
        }

        return Shape.IsAll(value, s_maskCharacters) || (value.Length >= 4 && Shape.Distinct(value) == 1) || ContainsStandIn(value);
    }

    /// <summary>Whether it begins or is set in brackets as what templates, shells and formats write for a value.</summary>
    private static bool Opens(ReadOnlySpan<byte> value) => value[0] switch
    {
        (byte)'<' or (byte)'{' or (byte)'[' => true,
        (byte)'(' => value.Length < 24 || value[^1] == ')' || value.Contains((byte)' '),
        (byte)'$' => value.Length > 1 && (value[1] is (byte)'{' or (byte)'(' || ByteSet.Upper[value[1]] || value.StartsWith("$env:"u8)),
        (byte)'%' => value.Length > 1 && (value[1] is (byte)'s' or (byte)'d' or (byte)'(' || (value.Length > 2 && value[^1] == '%' && Shape.IsAll(value[1..^1], ByteSet.Word))),
        (byte)'!' => value.Length > 1 && ByteSet.Alnum[value[1]] && (value.IndexOf((byte)' ') > 0 || ByteSet.Word.Run(value, 1) == value.Length - 1 && !value.ContainsAnyInRange((byte)'0', (byte)'9')),
        _ => false,
    };

    /// <summary>Whether it is closed as it was opened: <c>{…}</c>, <c>$(…)</c>, or is a variable with its members.</summary>
    private static bool IsReference(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> rest = value.TrimStart("$%#@"u8);
        return rest.Length < 2 || rest[0] switch
        {
            (byte)'<' => value[^1] == '>',
            (byte)'{' => value[^1] == '}',
            (byte)'[' => value[^1] == ']',
            (byte)'(' => value[^1] == ')',
            _ => Shape.IsAll(rest, s_identifier) || IsMember(rest),
        };
    }

    /// <summary>A word of status, type or prose.</summary>
    public static bool IsWord(ReadOnlySpan<byte> value)
    {
        value = value.TrimEnd(".,;:!?"u8);
        if (value.Length is 0 or > 24 || !Ascii.IsValid(value))
        {
            return value.IsEmpty;
        }

        Span<char> text = stackalloc char[24];
        int length = Encoding.ASCII.GetChars(value, text);
        return s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length]);
    }

    /// <summary>Words of a language that writes with more than ASCII, as the texts of a translation: letters, their marks and punctuation of that language.</summary>
    public static bool IsForeignText(ReadOnlySpan<byte> value)
    {
        bool foreign = false;
        value = value.TrimEnd(".?:"u8);
        while (!value.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(value, out Rune rune, out int length) != OperationStatus.Done || !IsOfText(rune))
            {
                return false;
            }

            foreign |= !rune.IsAscii;
            value = value[length..];
        }

        return foreign;
    }

    private static bool IsOfText(Rune rune) => Rune.GetUnicodeCategory(rune) is var category
        && (category <= UnicodeCategory.SpacingCombiningMark || (!rune.IsAscii && category is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation));

    /// <summary>Words, then the digest of what they are about: <c>Linux-node-modules-3f786850e387550fdab836ed7e6dc881de23001b</c>, the key of a cache.</summary>
    public static bool IsNameWithDigest(ReadOnlySpan<byte> value)
    {
        int digest = value.LastIndexOfAny("-_"u8) + 1;
        return digest > 0 && value.Length - digest >= 32 && Shape.IsAll(value[digest..], s_lowerHex) && value[..(digest - 1)].IndexOfAny("-_"u8) > 0 && EveryPartIsPlain(value[..(digest - 1)]);
    }

    /// <summary>The very word that documentation writes in a password's place.</summary>
    public static bool IsNameOfPassword(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "password"u8) || Ascii.EqualsIgnoreCase(value, "pass"u8) || Ascii.EqualsIgnoreCase(value, "passwd"u8)
        || Ascii.EqualsIgnoreCase(value, "pwd"u8) || Ascii.EqualsIgnoreCase(value, "secret"u8);

    /// <summary>What mail providers make for one program: four groups of four letters with blanks between them.</summary>
    public static bool IsAppPassword(ReadOnlySpan<byte> value)
    {
        const int Step = 5;
        if (value.Length != AppPasswordLength || Shape.ReadsLikeWords(value))
        {
            return false;
        }

        for (int i = 0; i < AppPasswordLength; i++)
        {
            if (i % Step == Step - 1 ? value[i] != ' ' : !ByteSet.Lower[value[i]])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a value says no more than its name: <c>"get-api-key": "getApiKey"</c>.</summary>
    public static bool RepeatsName(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        int at = 0;
        foreach (byte c in value)
        {
            if (!ByteSet.Alnum[c])
            {
                continue;
            }

            while (at < name.Length && !ByteSet.Alnum[name[at]])
            {
                at++;
            }

            if (at >= name.Length || (name[at] | 0x20) != (c | 0x20))
            {
                return false;
            }

            at++;
        }

        return at == name.Length;
    }

    /// <summary>The signs that a generator is given to draw from: letters or digits in their order.</summary>
    public static bool IsAlphabet(ReadOnlySpan<byte> value)
    {
        const int Enough = 8;
        int run = 1;
        for (int i = 1; i < value.Length && run < Enough; i++)
        {
            // I, O and l are often left out.
            run = value[i] - value[i - 1] is 1 or 2 ? run + 1 : 1;
        }

        return run >= Enough;
    }

    /// <summary>Base64 of plain text, as cursors and keys of messages are; what is drawn at random decodes to noise.</summary>
    public static bool IsEncodedText(ReadOnlySpan<byte> value)
    {
        const int Most = 64;
        Span<byte> decoded = stackalloc byte[Most * 3 / 4];
        ReadOnlySpan<byte> head = value[..(Math.Min(value.Length, Most) & ~3)];
        return head.Length >= 16 && Base64.DecodeFromUtf8(head, decoded, out _, out int length) == OperationStatus.Done
            && decoded[..length].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
    }

    /// <summary>Code or a path: a call, a member access, a type, a URL, a file name.</summary>
    public static bool IsCode(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'(', (byte)')') >= 0 || value.IndexOf("=>"u8) >= 0 || value.IndexOf("://"u8) >= 0 || value.IndexOf("?."u8) >= 0 || value.IndexOf("::"u8) >= 0)
        {
            return true;
        }

        return value[0] switch
        {
            (byte)'/' or (byte)'~' or (byte)'\\' => Shape.IsWordy(value) || value.Count((byte)'/') >= 2 && !Shape.LooksStronglyRandom(value),
            (byte)'.' => true,
            (byte)'$' when value.Length > 1 && s_identifier.Run(value, 1) is var name && (name == value.Length - 1 || value[(name + 1)..].StartsWith("-"u8)) => !ByteSet.Digit[value[1]],
            (byte)'@' or (byte)'#' => value.Length > 1 && s_identifier.Run(value, 1) == value.Length - 1 && Shape.IsWordy(value[1..]),
            _ => IsMember(value) || (value.Length > 2 && ByteSet.Alnum[value[0]] && value[1] == ':' && value[2] is (byte)'\\' or (byte)'/'),
        };
    }

    /// <summary>A URL, a path, or a host with its port.</summary>
    public static bool IsLocation(ReadOnlySpan<byte> value) =>
        value.IndexOf("://"u8) >= 0 || IsHostAndPort(value) || value[0] == '.' || (value[0] is (byte)'/' or (byte)'~' && !Shape.LooksStronglyRandom(value));

    private static bool IsHostAndPort(ReadOnlySpan<byte> value)
    {
        int colon = value.LastIndexOf((byte)':');
        return colon > 3 && colon + 1 < value.Length && value.Length - colon <= 6 && Shape.IsAll(value[(colon + 1)..], ByteSet.Digit)
            && value[..colon].IndexOf((byte)'.') > 0 && Shape.IsAll(value[..colon], ByteSet.WordDot);
    }

    /// <summary>A name like <c>acme-stripe-webhook</c> or <c>auth.login</c>, a version, a date.</summary>
    public static bool IsName(ReadOnlySpan<byte> value)
    {
        if (Shape.IsAll(value, ByteSet.Digit) || Shape.IsAll(value, s_number))
        {
            return true;
        }

        return value.IndexOf((byte)' ') >= 0 || Shape.IsWordy(value) || (Shape.IsAll(value, s_constant) && value.Contains((byte)'_')) || (Shape.IsAll(value, s_lowerName) && value.IndexOfAny("._-"u8) > 0 && EveryPartIsPlain(value));
    }

    /// <summary>A publishable key by its prefix.</summary>
    public static bool IsPublishable(ReadOnlySpan<byte> value) =>
        value.StartsWith("pk_live_"u8) || value.StartsWith("pk_test_"u8) || value.StartsWith("sb_publishable_"u8) || value.StartsWith("phc_"u8) || value.StartsWith("pk.eyJ"u8)
        || value.StartsWith("MFkwEwYHKoZIzj0"u8) || value.StartsWith("MIIBIjANBgkq"u8) || value.StartsWith("MIICIjANBgkq"u8) || value.StartsWith("MIGfMA0GCSq"u8) || value.StartsWith("MCowBQYDK2Vw"u8)
        || value.StartsWith("sha256-"u8) || value.StartsWith("sha384-"u8) || value.StartsWith("sha512-"u8) || value.StartsWith("sha1-"u8) || value.StartsWith("sha256:"u8) || value.StartsWith("SHA256:"u8) || value.StartsWith("ssh-"u8)
        || JwtVerifier.IsPublishable(value);

    /// <summary>An identifier of a provider that is not a credential: <c>dpl_…</c>, <c>cus_…</c>, <c>req_…</c>.</summary>
    public static bool IsPublicId(ReadOnlySpan<byte> value)
    {
        int underscore = value.IndexOf((byte)'_');
        return underscore is >= 2 and <= 8 && Shape.IsAll(value[..underscore], ByteSet.Lower) && value[..underscore] is var prefix
            && (prefix.SequenceEqual("dpl"u8) || prefix.SequenceEqual("prj"u8) || prefix.SequenceEqual("team"u8) || prefix.SequenceEqual("req"u8) || prefix.SequenceEqual("cus"u8)
            || prefix.SequenceEqual("evt"u8) || prefix.SequenceEqual("sub"u8) || prefix.SequenceEqual("in"u8) || prefix.SequenceEqual("price"u8) || prefix.SequenceEqual("prod"u8)
            || prefix.SequenceEqual("acct"u8) || prefix.SequenceEqual("pi"u8) || prefix.SequenceEqual("ch"u8) || prefix.SequenceEqual("cs"u8) || prefix.SequenceEqual("we"u8)
            || prefix.SequenceEqual("txn"u8) || prefix.SequenceEqual("pm"u8) || prefix.SequenceEqual("seti"u8) || prefix.SequenceEqual("job"u8) || prefix.SequenceEqual("run"u8)
            || prefix.SequenceEqual("user"u8) || prefix.SequenceEqual("usr"u8) || prefix.SequenceEqual("org"u8) || prefix.SequenceEqual("ws"u8) || prefix.SequenceEqual("msg"u8)
            || prefix.SequenceEqual("ep"u8) || prefix.SequenceEqual("app"u8) || prefix.SequenceEqual("card"u8) || prefix.SequenceEqual("src"u8) || prefix.SequenceEqual("po"u8)
            || prefix.SequenceEqual("ii"u8) || prefix.SequenceEqual("il"u8) || prefix.SequenceEqual("si"u8) || prefix.SequenceEqual("plan"u8) || prefix.SequenceEqual("file"u8)
            || prefix.SequenceEqual("env"u8) || prefix.SequenceEqual("ecfg"u8) || prefix.SequenceEqual("icfg"u8) || prefix.SequenceEqual("store"u8) || prefix.SequenceEqual("branch"u8));
    }

    /// <summary>A short lower-case prefix, an underscore and up to 28 letters and digits: what most APIs call their objects.</summary>
    public static bool LooksLikeId(ReadOnlySpan<byte> value)
    {
        int prefix = ByteSet.Lower.Run(value, 0, 9);
        int rest = ByteSet.Alnum.Run(value, prefix + 1);
        return prefix is >= 2 and <= 8 && rest is >= 14 and <= 28 && value[prefix] == '_' && prefix + 1 + rest == value.Length;
    }

    private static bool ContainsStandIn(ReadOnlySpan<byte> value)
    {
        if (value.Length > 512)
        {
            return false;
        }

        Span<char> text = stackalloc char[512];
        int length = Encoding.UTF8.GetChars(value, text);
        return text[..length].ContainsAny(s_standIns) && (!Shape.LooksStronglyRandom(value) || text[..length].ContainsAny(s_ellipses));
    }

    /// <summary>Identifiers joined by dots or indexers, each of them wordy.</summary>
    private static bool IsMember(ReadOnlySpan<byte> value)
    {
        int dot = value.IndexOfAny((byte)'.', (byte)'[');
        if (dot <= 0 || ByteSet.Digit[value[0]])
        {
            return false;
        }

        foreach (Range range in value.SplitAny(".[]'\"!"u8))
        {
            ReadOnlySpan<byte> part = value[range];
            if (!Shape.IsAll(part, s_identifier) || (part.Length > 0 && !Shape.IsAll(part, ByteSet.Digit) && (ByteSet.Digit[part[0]] || (part.Length >= 8 && !Shape.IsWordy(part)))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EveryPartIsPlain(ReadOnlySpan<byte> value)
    {
        foreach (Range range in value.SplitAny("._-"u8))
        {
            ReadOnlySpan<byte> part = value[range];
            bool number = Shape.IsAll(part, ByteSet.Digit) && part.Length <= 8;
            if (!number && !Shape.IsWordy(part) && part.Length > 4)
            {
                return false;
            }
        }

        return true;
    }
}
