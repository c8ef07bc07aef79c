namespace AgentFlow.Safety.Redaction;

/// <summary>Tokens that no literal marks but whose long run has a shape of its own; sighted as base64 runs or by their dots and colons.</summary>
internal static class LongTokens
{
    /// <summary>A run of at least 48 characters of base64.</summary>
    public static void Verify(in Site site, int run)
    {
        ReadOnlySpan<byte> value = site.Text.Slice(site.At, run);
        if (run == 50 && value[32] == '-' && value[41] == '-' && Shape.IsAll(value[..32], ByteSet.LowerHex) && Shape.IsAll(value[33..41], ByteSet.LowerHex) && Shape.IsAll(value[42..], ByteSet.LowerHex))
        {
            site.Report(site.At, site.At + run, RuleTable.Mailgun, site.Context.Identify(value));
        }
        else if (run >= 120 && value.StartsWith("sk"u8) && ByteSet.Alnum.Run(value, 0, 160) >= 120 && Shape.LooksStronglyRandom(value[2..60]))
        {
            int length = ByteSet.Alnum.Run(value, 0);
            site.Report(site.At, site.At + length, RuleTable.Sanity, site.Context.Identify(value[..length]));
        }
    }

    /// <summary>Discord: user id in base64, six characters of time, signature; the sighting is the first dot.</summary>
    public static void VerifyDots(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int user = ByteSet.WordDash.RunBack(text, site.At, 32);
        int start = site.At - user;
        if (user is < 23 or > 28 || !"MNO"u8.Contains(text[start]) || !Escapes.LeftBoundary(text, start) || ByteSet.WordDash.Run(text, site.At + 1, 7) != 6)
        {
            return;
        }

        int signature = ByteSet.WordDash.Run(text, site.At + 8, 80);
        if (text[site.At + 7] == '.' && signature >= 27 && Shape.LooksRandom(text.Slice(start, user)))
        {
            site.Report(start, site.At + 8 + signature, RuleTable.Discord, site.Context.Identify(text[start..(site.At + 8 + signature)]));
        }
    }

    /// <summary>Telegram: bot id, colon, 35 characters that begin with AA; the sighting is the colon.</summary>
    public static void VerifyTelegram(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int id = ByteSet.Digit.RunBack(text, site.At, 12);
        int secret = ByteSet.WordDash.Run(text, site.At + 1, 64);
        if (id is >= 8 and <= 10 && secret is >= 34 and <= 37 && Shape.LooksRandom(text.Slice(site.At + 1, secret)))
        {
            site.Report(site.At - id, site.At + 1 + secret);
        }
    }

    /// <summary>The client secret of a Stripe object; the sighting is <c>_secret_</c>.</summary>
    public static void VerifyClientSecret(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int secret = ByteSet.Word.Run(text, site.At + 8, 128);
        int id = ByteSet.Alnum.RunBack(text, site.At, 64);
        if (secret >= 16 && id >= 10 && Shape.LooksRandom(text.Slice(site.At + 8, secret)) && Shape.LooksRandom(text.Slice(site.At - id, id)))
        {
            site.Report(site.At, site.At + 8 + secret);
        }
    }

    /// <summary>A line of .pgpass; the sighting is the port of PostgreSQL between two colons.</summary>
    public static void VerifyPgpass(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int database = ByteSet.WordDot.Run(text, site.At + 6, 128);
        int user = site.At + 6 + database + 1;
        if (database == 0 || user >= text.Length || text[user - 1] != ':')
        {
            return;
        }

        int password = user + ByteSet.WordDot.Run(text, user, 128) + 1;
        int end = password;
        while (end < text.Length && text[end] > ' ')
        {
            end++;
        }

        if (password < text.Length && text[password - 1] == ':' && end - password >= 3 && !SecretValues.IsStandIn(text[password..end]))
        {
            site.Report(password, end);
        }
    }

    public static string TelegramExample(Random random) => TokenPattern.Parse("12{d:8}:AA{w:33}").Example(random);

    public static string DiscordExample(Random random) => TokenPattern.Parse("MT{A:22}.Gh{A:4}.x7{w:36}").Example(random);

    public static string MailgunExample(Random random) => TokenPattern.Parse("a0{h:30}-{h:8}-{h:8}").Example(random);

    public static string SanityExample(Random random) => TokenPattern.Parse("sk{A:178}").Example(random);

    public static string ClientSecretExample(Random random) => TokenPattern.Parse("pi_3{A:23}_secret_{A:24}9").Example(random);

    public static string PgpassExample(Random random) => TokenPattern.Parse("db.internal:5432:prod:app:pw{A:16}").Example(random);
}
