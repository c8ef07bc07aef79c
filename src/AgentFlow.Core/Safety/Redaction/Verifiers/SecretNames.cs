namespace AgentFlow.Safety.Redaction;

/// <summary>What a field, variable or header name says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A password: any value but a stand-in is secret, also a short or wordy one.</summary>
    Password,

    /// <summary>A token, key or secret: a value that is not a word or an identifier.</summary>
    Secret,

    /// <summary>A key, session or code of some sort: only a value that looks strongly random.</summary>
    Weak,

    /// <summary>A key of a product that the table of words does not know (<c>serpstack_key</c>): a long random value.</summary>
    Key,

    /// <summary>A secret word somewhere in the name (<c>SECRET_KEY_BASE</c>): a random value of some length.</summary>
    Loose,

    /// <summary>A card's check number or a one-time code: a few digits.</summary>
    Pin,

    /// <summary>An Authorization header.</summary>
    Authorization,

    /// <summary>A signature in a query.</summary>
    Signature,

    /// <summary>A phone number.</summary>
    Phone,
}

/// <summary>Reads names in snake, kebab, dotted and camel case, word by word from the end.</summary>
internal static class SecretNames
{
    /// <summary>Longest name that is read; of a longer one its end.</summary>
    public const int MaxLength = 96;

    /// <summary>Kind of a name of ASCII characters.</summary>
    public static NameKind Classify(ReadOnlySpan<byte> name)
    {
        name = name.Length > MaxLength ? name[^MaxLength..] : name;

        // process.env.NAME
        ReadOnlySpan<byte> variable = name[(name.LastIndexOf((byte)'.') + 1)..];
        name = variable.Contains((byte)'_') && !variable.ContainsAnyInRange((byte)'a', (byte)'z') ? variable : name;
        Span<char> words = stackalloc char[(2 * MaxLength) + 2];
        int length = Split(name, words);
        ReadOnlySpan<char> rest = words[..length];
        bool shouting = !name.ContainsAnyInRange((byte)'a', (byte)'z');
        ReadOnlySpan<char> last = Pop(ref rest);
        while (IsQualifier(last) && !rest.IsEmpty)
        {
            last = Pop(ref rest);
        }

        ReadOnlySpan<char> others = rest;
        ReadOnlySpan<char> before = Pop(ref rest);
        ReadOnlySpan<char> third = Pop(ref rest);
        if (IsPublic(before) || IsPublic(third) || (before is "server" && third is "application"))
        {
            return NameKind.None;
        }

        NameKind kind = Classify(last, before, shouting);
        kind = kind is NameKind.None or NameKind.Weak && !IsAttribute(last) && HoldsSecretWord(shouting ? words[..length] : others, shouting) ? NameKind.Loose : kind;
        return kind != NameKind.None && name.Contains((byte)'.') && IsFileEnding(last) ? NameKind.None : kind;
    }

    private static NameKind Classify(ReadOnlySpan<char> last, ReadOnlySpan<char> before, bool shouting)
    {
        switch (last)
        {
            case "pass" or "pwd" or "pw" or "pword" or "passwort" or "passcode" or "contrasena" or "kennwort" or "passe" or "mdp" or "senha" or "wachtwoord" or "passord" or "salasana" or "psk" or "bindpw" or "masterauth" or "requirepass" or "userpass" or "dbpass" or "rootpass" or "adminpass":
                return NameKind.Password;
            case "auth":
                return before is "" or "x" or "npm" or "registry" or "proxy" ? NameKind.Secret : NameKind.Weak;
            case "authorization":
                return NameKind.Authorization;
            case "jwt" or "bearer" or "mnemonic" or "bypass" or "accesskey" or "credential" or "credentials" or "creds" or "pat" or "sas":
                return NameKind.Secret;
            case "salt" when shouting && !before.IsEmpty:
            case "response" when before is "saml":
            case "code" when before is "device":
                return NameKind.Secret;
            case "sessionid":
            case "session" or "sid" or "sess" when !before.IsEmpty:
                return NameKind.Key;
            case "session" or "sid" or "sess" or "code" or "hash" or "salt" or "otp" or "verifier":
                return last is "otp" ? NameKind.Pin : NameKind.Weak;
            case "id":
                return before is "session" or "secret" ? NameKind.Weak : NameKind.None;
            case "cvc" or "cvv" or "cvv2":
                return NameKind.Pin;
            case "signature" or "sig" or "hmac":
                return NameKind.Signature;
            case "phone" or "mobile" or "msisdn" or "telephone" or "phonenumber" or "cellphone" or "whatsapp":
                return NameKind.Phone;
            case "number":
                return before is "phone" or "mobile" or "telephone" ? NameKind.Phone : NameKind.None;
            case "key":
                return KeyKind(before, shouting);
            case "data":
                return before is "key" ? NameKind.Secret : NameKind.None;
            default:
                return ByEnding(last, before);
        }
    }

    private static NameKind ByEnding(ReadOnlySpan<char> last, ReadOnlySpan<char> before)
    {
        if (last.EndsWith("password", StringComparison.Ordinal) || last.EndsWith("storepass", StringComparison.Ordinal) || last.EndsWith("keypass", StringComparison.Ordinal) || last is "passin" or "passout" || last.EndsWith("passwd", StringComparison.Ordinal) || last.EndsWith("passphrase", StringComparison.Ordinal))
        {
            return NameKind.Password;
        }

        if (last.EndsWith("token", StringComparison.Ordinal))
        {
            return before is "next" or "page" or "continuation" or "cancellation" or "pagination" or "sync" or "design" ? NameKind.None : NameKind.Secret;
        }

        return last.EndsWith("secret", StringComparison.Ordinal) || last.EndsWith("apikey", StringComparison.Ordinal) || last.EndsWith("secretkey", StringComparison.Ordinal)
            || last.EndsWith("privatekey", StringComparison.Ordinal) || last.EndsWith("accesskey", StringComparison.Ordinal) || last.EndsWith("authkey", StringComparison.Ordinal)
            || last.EndsWith("sessid", StringComparison.Ordinal) || last.EndsWith("sessionid", StringComparison.Ordinal) || last.EndsWith("encryptionkey", StringComparison.Ordinal) || last.EndsWith("accountkey", StringComparison.Ordinal) || last is "secrets"
            ? NameKind.Secret
            : NameKind.None;
    }

    private static NameKind KeyKind(ReadOnlySpan<char> before, bool shouting) => before switch
    {
        "" or "primary" => NameKind.Weak,
        "api" or "secret" or "private" or "access" or "auth" or "encryption" or "decryption" or "signing" or "master" or "service" or "role" or "shared" or "account"
            or "admin" or "license" or "licence" or "deploy" or "webhook" or "jwt" or "hmac" or "aes" or "cipher" or "function" or "functions" or "subscription"
            or "management" or "app" or "sdk" or "write" or "storage" or "root" or "preshared" or "integration" or "ingestion" or "security" or "symmetric" => NameKind.Secret,
        "cache" or "restore" or "foreign" or "partition" or "sort" or "hash" or "range" or "row" or "object" or "s3" or "idempotency" or "lookup" or "map" or "registry"
            or "translation" or "i18n" or "message" or "route" or "query" or "answer" or "issue" or "space" or "metric" or "feature" or "flag" or "config"
            or "setting" or "property" or "column" or "index" or "field" or "json" or "dedupe" or "dedup" or "correlation" or "trace" or "tracking" or "measurement"
            or "site" or "widget" or "websocket" or "socket" or "host" or "blob" or "file" or "build" or "sorting" or "group" or "unique" or "natural" or "composite" or "lock"
            or "preview" or "react" or "item" or "node" or "data" or "enum" or "shortcut" or "arrow" or "hot" or "pair" or "dictionary" or "header" or "tag" => NameKind.None,
        _ => shouting ? NameKind.Secret : NameKind.Key,
    };

    private static bool HoldsSecretWord(ReadOnlySpan<char> words, bool shouting)
    {
        foreach (Range range in words.Split(' '))
        {
            if (words[range] is "secret" or "password" or "passwd" or "passphrase" or "token" or "apikey" or "credential" or "credentials" || (shouting && words[range] is "key" or "pass" or "auth"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A last word that tells about a secret without holding it, or that makes a key something else.</summary>
    private static bool IsAttribute(ReadOnlySpan<char> last) => last switch
    {
        "id" or "ids" or "name" or "names" or "type" or "types" or "limit" or "url" or "uri" or "ttl" or "expires" or "expiry" or "expiration" or "exp" or "count" or "length" or "size" or "min" or "max"
            or "path" or "file" or "dir" or "arn" or "host" or "region" or "version" or "prefix" or "suffix" or "endpoint" or "issuer" or "audience" or "alg" or "algorithm" or "ref" or "source" or "status"
            or "policy" or "reset" or "created" or "updated" or "at" or "date" or "time" or "age" or "format" or "index" or "field" or "label" or "title" or "hint" or "description" or "rotation"
            or "provider" or "manager" or "store" or "bucket" or "usage" or "used" or "remaining" or "cost" or "price" or "tokens" or "keys" or "fingerprint" or "digest" or "checksum" or "etag"
            or "sha" or "commit" or "integrity" or "thumbprint" or "kid" or "key" or "charset" or "alphabet" or "chars" or "characters" => true,
        _ => false,
    };

    /// <summary>Words behind the deciding one that do not change what it is.</summary>
    private static bool IsQualifier(ReadOnlySpan<char> word) => word switch
    {
        "old" or "new" or "prev" or "previous" or "current" or "prod" or "production" or "live" or "test" or "dev" or "development" or "staging" or "stage" or "base64"
            or "b64" or "primary" or "secondary" or "backup" or "value" or "plain" or "plaintext" or "raw" or "main" or "default" or "pem" or "hex" or "string" or "text" => true,
        _ => word.Length is > 0 and <= 4 && (word[0] == 'v' ? word[1..] : word).IndexOfAnyExceptInRange('0', '9') < 0,
    };

    /// <summary>The end of a file's name: <c>token-service.tar.gz</c>.</summary>
    private static bool IsFileEnding(ReadOnlySpan<char> last) => last is "gz" or "tgz" or "tar" or "zip" or "xz" or "bz2" or "zst" or "deb" or "rpm" or "apk" or "jar" or "war" or "exe" or "msi" or "dll" or "so"
        or "js" or "mjs" or "cjs" or "ts" or "tsx" or "jsx" or "css" or "html" or "md" or "txt" or "log" or "png" or "svg" or "jpg" or "py" or "go" or "rb" or "cs" or "java" or "sql" or "sh" or "ps1" or "yml" or "yaml";

    private static bool IsPublic(ReadOnlySpan<char> word) => word is "public" or "publishable" or "pub" or "anon" or "anonymous" or "masked" or "redacted" or "no" or "missing" or "invalid";

    /// <summary>Writes the words in lower case with a space between.</summary>
    private static int Split(ReadOnlySpan<byte> name, Span<char> words)
    {
        int length = 0;
        byte before = 0;
        for (int i = 0; i < name.Length; i++)
        {
            byte c = name[i];
            bool upper = ByteSet.Upper[c];
            bool member = upper || ByteSet.LowerAlnum[c];
            bool hump = upper && (ByteSet.LowerAlnum[before] || (ByteSet.Upper[before] && i + 1 < name.Length && ByteSet.Lower[name[i + 1]]));
            if ((!member || hump) && length > 0 && words[length - 1] != ' ')
            {
                words[length++] = ' ';
            }

            if (member)
            {
                words[length++] = (char)(upper ? c | 0x20 : c);
            }

            before = c;
        }

        return length > 0 && words[length - 1] == ' ' ? length - 1 : length;
    }

    private static ReadOnlySpan<char> Pop(ref ReadOnlySpan<char> words)
    {
        int space = words.LastIndexOf(' ');
        ReadOnlySpan<char> last = words[(space + 1)..];
        words = space < 0 ? [] : words[..space];
        return last;
    }
}
