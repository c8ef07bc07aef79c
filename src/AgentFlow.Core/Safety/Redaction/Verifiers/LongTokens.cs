namespace AgentFlow.Safety.Redaction;

/// <summary>Tokens that no literal marks but whose long run has a shape of its own; sighted as base64 runs or by their dots and colons.</summary>
internal static class LongTokens
{
    private const int MailgunLength = 50;
    private const int MinSanity = 120;
    private const int MaxSanityOffset = 256;

    private static readonly ByteSet s_blank = new(" \t");
    private static readonly ByteSet s_user = new("A-Za-z0-9_.@+-");
    private static readonly ByteSet s_database = new("A-Za-z0-9_.*-");

    /// <summary>A run of at least 40 characters of base64.</summary>
    public static void Verify(in Site site, int run)
    {
        // What stands before the token in the run may be the end of a colour or of an escape.
        int mailgun = site.At + run - MailgunLength;
        if (mailgun >= site.At && IsMailgun(site.Text.Slice(mailgun, MailgunLength)) && Escapes.LeftBoundary(site.Text, mailgun))
        {
            site.Report(mailgun, site.At + run, RuleTable.Mailgun, site.Context.Identify(site.Text.Slice(mailgun, MailgunLength)));
        }

        for (int from = 0; run - from >= MinSanity && from < MaxSanityOffset;)
        {
            int head = site.Text.Slice(site.At + from, run - from).IndexOf("sk"u8);
            if (head < 0)
            {
                return;
            }

            from += head + 2;
            int sanity = site.At + from - 2;
            int length = ByteSet.Alnum.Run(site.Text, sanity, 4096);
            if (length >= MinSanity && Escapes.LeftBoundary(site.Text, sanity) && Shape.LooksStronglyRandom(site.Text.Slice(sanity + 2, 58)))
            {
                site.Report(sanity, sanity + length, RuleTable.Sanity, site.Context.Identify(site.Text.Slice(sanity, length)));
                return;
            }
        }
    }

    /// <summary>Discord: user id in base64, six characters of time, signature; the sighting is the first dot.</summary>
    public static void VerifyDots(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = UserStart(text, site.At);
        if (start < 0 || ByteSet.WordDash.Run(text, site.At + 1, 7) != 6)
        {
            return;
        }

        int signature = ByteSet.WordDash.Run(text, site.At + 8, 80);
        if (text[site.At + 7] == '.' && signature >= 27 && Shape.LooksRandom(text[start..site.At]))
        {
            site.Report(start, site.At + 8 + signature, RuleTable.Discord, site.Context.Identify(text[start..(site.At + 8 + signature)]));
        }
    }

    private static int UserStart(ReadOnlySpan<byte> text, int dot)
    {
        int run = ByteSet.WordDash.RunBack(text, dot, 40);
        for (int length = Math.Min(run, 28); length >= 23; length--)
        {
            if ("MNO"u8.Contains(text[dot - length]) && Escapes.LeftBoundary(text, dot - length))
            {
                return dot - length;
            }
        }

        return -1;
    }

    private static bool IsMailgun(ReadOnlySpan<byte> value) =>
        value[32] == '-' && value[41] == '-' && Shape.IsAll(value[..32], ByteSet.LowerHex) && Shape.IsAll(value[33..41], ByteSet.LowerHex) && Shape.IsAll(value[42..], ByteSet.LowerHex);

    /// <summary>Telegram: bot id, colon, 35 characters that begin with AA; the sighting is the colon.</summary>
    public static void VerifyTelegram(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int id = ByteSet.Digit.RunBack(text, site.At, 14);
        while (id > 10 || (id >= 8 && !Escapes.LeftBoundary(text, site.At - id) && !text[..(site.At - id)].EndsWith("/bot"u8)))
        {
            // The digits of an escape may stand in front.
            id--;
        }

        int colon = text[site.At] == ':' ? 1 : 3;
        int secret = ByteSet.WordDash.Run(text, site.At + colon, 64);
        if (id is >= 8 and <= 10 && secret is >= 34 and <= 37 && Shape.LooksRandom(text.Slice(site.At + colon, secret)))
        {
            site.Report(site.At - id, site.At + colon + secret);
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

    /// <summary>Sighting: the end of a relay's name (<c>[smtp.acme.io]:587 user:password</c>).</summary>
    public static void VerifySasl(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int user = site.At + 5 + s_blank.Run(text, site.At + 5, 32);
        int password = user + s_user.Run(text, user, 128) + 1;
        int end = CommandVerifier.WordEnd(text, Math.Min(password, text.Length));
        if (password > user + 1 && password < text.Length && text[password - 1] == ':' && end - password >= 4 && !SecretValues.IsStandIn(text[password..end]))
        {
            site.Report(password, end);
        }
    }

    /// <summary>A line of .pgpass; the sighting is the port of PostgreSQL between two colons.</summary>
    public static void VerifyPgpass(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int database = s_database.Run(text, site.At + 6, 128);
        int user = site.At + 6 + database + 1;
        if (database == 0 || user >= text.Length || text[user - 1] != ':')
        {
            return;
        }

        int password = user + ByteSet.WordDot.Run(text, user, 128) + 1;
        int end = password;
        while (end < text.Length && text[end] is > (byte)' ' and not ((byte)'"' or (byte)'\'' or (byte)'`'))
        {
            end++;
        }

        if (password < text.Length && text[password - 1] == ':' && end - password >= 3 && !SecretValues.IsStandIn(text[password..end]))
        {
            site.Report(password, end);
        }
    }
}
