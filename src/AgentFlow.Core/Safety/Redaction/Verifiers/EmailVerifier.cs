namespace AgentFlow.Safety.Redaction;

/// <summary>E-mail addresses, plain or encoded; robots' addresses, SSH remotes, packages and retina images are none.</summary>
internal static class EmailVerifier
{
    private const int LoginReach = 160;

    private static readonly ByteSet s_local = new("A-Za-z0-9._+'-");
    private static readonly ByteSet s_domain = new("A-Za-z0-9.-");

    private static readonly HashSet<string> s_noDomain = new(StringComparer.OrdinalIgnoreCase)
    {
        "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "ico", "css", "scss", "js", "mjs", "cjs", "ts", "tsx", "jsx", "json", "map", "html", "yml", "yaml", "txt", "tgz", "zip",
        "wasm", "lock", "internal", "local", "localdomain", "localhost", "lan", "service", "socket", "timer", "target", "slice", "mount", "scope", "corp", "cluster", "svc", "example", "invalid", "test",
        "cs", "prevent", "stop", "self", "enter", "once", "capture", "vue", "dll", "exe", "so", "jar", "class", "java", "log", "conf", "cfg", "toml", "xml", "sql", "env", "key", "pem", "crt",
    };

    private static readonly HashSet<string> s_robots = new(StringComparer.OrdinalIgnoreCase)
    {
        "git", "ssh", "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "hostmaster", "bounces", "notifications", "dependabot", "root",
    };

    /// <summary>Sighting: an <c>@</c> that ends no user info of a URI.</summary>
    public static void Verify(in Site site) => Verify(site, 1);

    /// <summary>Sighting: <c>%40</c>, also <c>%2540</c>.</summary>
    public static void VerifyEncoded(scoped in Site site)
    {
        if (!UriVerifier.VerifyEncoded(site) && site.Context.Plan.Options.Pii)
        {
            Verify(site, 3);
        }
    }

    /// <summary>Sighting: <c>\u0040</c> or an HTML entity.</summary>
    public static void VerifyEscaped(scoped in Site site)
    {
        if (site.Context.Plan.Options.Pii)
        {
            Verify(site, site.Text[site.At] == '&' ? 5 : 6);
        }
    }

    private static void Verify(in Site site, int width)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = LocalStart(text, site.At);
        int domain = site.At + width;
        int end = domain + s_domain.Run(text, domain, 253);
        int dashes = text[domain..end].IndexOf("--"u8);
        ReadOnlySpan<byte> host = text[domain..(dashes < 0 ? end : domain + dashes)].TrimEnd(".-"u8);
        int dot = host.LastIndexOf((byte)'.');
        if (start == site.At || dot <= 0 || host[0] is (byte)'.' or (byte)'-' || host.IndexOf(".."u8) >= 0)
        {
            return;
        }

        ReadOnlySpan<byte> top = host[(dot + 1)..];
        int letters = ByteSet.Alnum.Run(top, 0);
        if (letters != top.Length || top.Length is < 2 or > 18 || ByteSet.Digit.Run(top, 0) > 0 || top.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return;
        }

        // A path behind a colon makes it a place on a host.
        ReadOnlySpan<byte> behind = text[(domain + host.Length)..];
        if (!Contains(s_noDomain, top) && !behind.StartsWith(":/"u8) && !behind.StartsWith(":~"u8) && !IsLogin(text[Math.Max(0, start - LoginReach)..start]) && !IsRobot(text[start..site.At], host))
        {
            site.Report(start, domain + host.Length, RuleTable.Email, site.Context.Identify(text[start..(domain + host.Length)]));
        }
    }

    private static int LocalStart(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i > 0 && at - i < 96)
        {
            if (!s_local[text[i - 1]] && !(text[i - 1] == '%' && i + 2 <= at && IsEncodedMark(text, i)))
            {
                break;
            }

            i--;
        }

        // An escape that ends right before the address (%20ana@…, \nana@…) is not part of it.
        if (i > 0 && i + 2 <= at && text[i - 1] == '%' && Escapes.HexPair(text, i) >= 0)
        {
            i += 2;
        }
        else if (i > 0 && text[i - 1] == '\\' && i < at)
        {
            i++;
        }

        while (i < at && text[i] is (byte)'.' or (byte)'\'' or (byte)'-')
        {
            i++;
        }

        return i;
    }

    /// <summary>Whether the two digits behind a <c>%</c> stand for a mark that an address may hold (<c>%2B</c>, <c>%252B</c>).</summary>
    private static bool IsEncodedMark(ReadOnlySpan<byte> text, int at) =>
        Escapes.HexPair(text, at) is '+' or '.' or '_' or '-' || (Escapes.HexPair(text, at) == '%' && Escapes.HexPair(text, at + 2) is '+' or '.' or '_' or '-');

    /// <summary>Whether what stands before is a command that logs in to a host, with nothing but options between.</summary>
    private static bool IsLogin(ReadOnlySpan<byte> before)
    {
        if (before.IsEmpty || before[^1] != ' ')
        {
            return false;
        }

        before = before[(before.LastIndexOf((byte)'\n') + 1)..];
        int ssh = Math.Max(before.LastIndexOf("ssh "u8), before.LastIndexOf("sftp "u8));
        if (ssh < 0 || (ssh > 0 && ByteSet.WordDash[before[ssh - 1]]))
        {
            return false;
        }

        bool valued = false;
        ReadOnlySpan<byte> options = before[(ssh + (before[ssh + 1] == 's' ? 4 : 5))..].Trim((byte)' ');
        foreach (Range range in options.Split((byte)' '))
        {
            ReadOnlySpan<byte> option = options[range];
            if (!valued && !option.IsEmpty && option[0] != '-')
            {
                return false;
            }

            valued = !valued && option.Length == 2;
        }

        return true;
    }

    private static bool IsRobot(ReadOnlySpan<byte> local, ReadOnlySpan<byte> host) =>
        Contains(s_robots, local) || host.EndsWith(".gserviceaccount.com"u8) || host.EndsWith("users.noreply.github.com"u8) || host.EndsWith(".cluster.local"u8);

    private static bool Contains(HashSet<string> set, ReadOnlySpan<byte> word)
    {
        if (word.Length > 24)
        {
            return false;
        }

        Span<char> text = stackalloc char[24];
        int length = System.Text.Encoding.ASCII.GetChars(word, text);
        return set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length]);
    }
}
