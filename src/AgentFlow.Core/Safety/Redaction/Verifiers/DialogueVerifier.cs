namespace AgentFlow.Safety.Redaction;

/// <summary>Passwords that stand in a dialogue or a call by their place alone: piped to a program, typed at a prompt, second argument of a credential.</summary>
internal static class DialogueVerifier
{
    private const int UserReach = 160;
    private const int CallReach = 384;

    /// <summary>Sighting: a program that reads a secret from its input; what is echoed into it earlier on the line is the secret.</summary>
    public static void VerifyPiped(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int line = text[..site.At].LastIndexOf((byte)'\n') + 1;
        ReadOnlySpan<byte> head = text[line..site.At];
        int pipe = head.LastIndexOf((byte)'|');
        int echo = pipe < 0 ? -1 : Math.Max(head[..pipe].LastIndexOf("echo "u8), head[..pipe].LastIndexOf("printf "u8));
        if (echo < 0)
        {
            return;
        }

        int i = line + echo + (text[line + echo] == 'e' ? 5 : 7);
        i += text[i..].StartsWith("-n "u8) ? 3 : text[i..].StartsWith("'%s' "u8) ? 5 : text[i..].StartsWith("%s "u8) ? 3 : 0;
        Quote quote = Quote.At(text, i);
        int start = i + quote.Length;
        int end = quote.IsSome ? quote.Close(text, start, 512) : CommandVerifier.WordEnd(text, start);
        int colon = text[start..end].IndexOf((byte)':');
        start += colon > 0 && text[site.At..].StartsWith("chpasswd"u8) ? colon + 1 : 0;
        Report(site, start, end, 4);
    }

    /// <summary>Sighting: <c>PASS</c> or <c>AUTH</c> of a client, behind a prompt or a tag.</summary>
    public static void VerifyPrompt(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool begins = site.At > 0 && text[site.At - 1] == '\n' && text[Math.Max(0, site.At - UserReach)..site.At].IndexOf("USER "u8) >= 0;
        if (!begins && !text[..site.At].EndsWith("> "u8) && !text[..site.At].EndsWith("C: "u8))
        {
            return;
        }

        int start = site.At + 5;
        int end = CommandVerifier.WordEnd(text, start);
        if (end < text.Length && text[end] == ' ' && text[site.At] == 'A')
        {
            // AUTH user password
            start = end + 1;
            end = CommandVerifier.WordEnd(text, start);
        }

        if ((end >= text.Length || text[end] is (byte)'\r' or (byte)'\n') && !IsMechanism(text[start..end]))
        {
            Report(site, start, end, 4);
        }
    }

    /// <summary>What a mail client names behind AUTH, before any credential.</summary>
    private static bool IsMechanism(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("LOGIN"u8) || word.SequenceEqual("PLAIN"u8) || word.SequenceEqual("XOAUTH2"u8) || word.SequenceEqual("OAUTHBEARER"u8) || word.SequenceEqual("CRAM-MD5"u8)
        || word.SequenceEqual("DIGEST-MD5"u8) || word.SequenceEqual("NTLM"u8) || word.SequenceEqual("GSSAPI"u8) || word.SequenceEqual("EXTERNAL"u8) || word.StartsWith("SCRAM-SHA"u8);

    /// <summary>Sighting: <c>LOGIN</c> of IMAP behind a tag.</summary>
    public static void VerifyLogin(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int tag = site.At > 1 && text[site.At - 1] == ' ' ? ByteSet.Alnum.RunBack(text, site.At - 1, 8) : 0;
        if (tag < 2 || !ByteSet.Digit[text[site.At - 2]])
        {
            return;
        }

        int user = CommandVerifier.WordEnd(text, site.At + 6);
        int start = Math.Min(text.Length, user + 1);
        start += Quote.At(text, start).Length;
        int end = CommandVerifier.WordEnd(text, start);
        Report(site, start, end, 4);
    }

    /// <summary>Sighting: a call that takes a user and a password, with its opening parenthesis; the second quoted argument is the password.</summary>
    public static void VerifyPair(scoped in Site site) => VerifyArgument(site, 2);

    /// <summary>
    /// Sighting: a call that makes a client. Behind the id of an account its second argument is the secret; alone, its first one when
    /// that is drawn at random, or a UUID where the client's key has this form.
    /// </summary>
    public static void VerifyClient(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + text[site.At..].IndexOf((byte)'(') + 1;
        Quote quote = Quote.At(text, at);
        int start = at + quote.Length;
        int end = quote.IsSome ? quote.Close(text, start, CallReach) : start;
        ReadOnlySpan<byte> value = text[start..end];
        if (value.Length == 34 && (value.StartsWith("AC"u8) || value.StartsWith("SK"u8)))
        {
            VerifyArgument(site, 2);
            return;
        }

        bool byName = text[..site.At].EndsWith("Server"u8) || text[..site.At].EndsWith("Account"u8);
        Report(site, start, ByteSet.WordDash.Run(value, 0) == value.Length && (Shape.LooksStronglyRandom(value) || (byName && Shape.IsUuid(value))) && !SecretValues.IsPublicId(value) && !SecretValues.IsPublishable(value) ? end : start, 20);
    }

    /// <summary>Sighting: a call that opens a connection; its third quoted argument is the password.</summary>
    public static void VerifyTriple(scoped in Site site) => VerifyArgument(site, 3);

    /// <summary>Sighting: a call that signs or checks a token; the quoted argument behind the first is the key.</summary>
    public static void VerifySigning(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        ReadOnlySpan<byte> call = text[site.At..Math.Min(text.Length, site.At + CallReach)];
        int end = call.IndexOf((byte)'\n');
        call = end < 0 ? call : call[..end];
        int comma = Math.Max(call.IndexOf(", '"u8), call.IndexOf(", \""u8));
        if (comma > 0)
        {
            Quote quote = Quote.At(text, site.At + comma + 2);
            int start = site.At + comma + 2 + quote.Length;
            int stop = quote.Close(text, start, CallReach);
            Report(site, start, Shape.LooksRandom(text[start..stop]) ? stop : start, 16);
        }
    }

    private static void VerifyArgument(in Site site, int count)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + text[site.At..].IndexOf((byte)'(') + 1;
        for (int i = 1; ; i++)
        {
            Quote quote = Quote.At(text, Math.Min(at, text.Length));
            if (!quote.IsSome)
            {
                return;
            }

            int end = quote.Close(text, at + quote.Length, CallReach);
            if (i == count)
            {
                Report(site, at + quote.Length, end, 4);
                return;
            }

            at = end + quote.Length;
            if (at >= text.Length || text[at] != ',')
            {
                return;
            }

            while (at < text.Length && text[at] is (byte)' ' or (byte)',' or (byte)'@')
            {
                at++;
            }

            // process.env.TOKEN || '…'
            int variable = ByteSet.WordDot.Run(text, at, 64);
            ReadOnlySpan<byte> fallback = text[(at + variable)..];
            at += variable > 0 && (fallback.StartsWith(" || "u8) || fallback.StartsWith(" ?? "u8)) ? variable + 4 : 0;
        }
    }

    private static void Report(in Site site, int start, int end, int min)
    {
        end = Placeholder.EndOfFront(site.Text, Math.Min(start, site.Text.Length), end);
        if (start >= site.Text.Length || end - start < min)
        {
            return;
        }

        ReadOnlySpan<byte> value = site.Text[start..end];
        if (!SecretValues.IsStandIn(value) && !SecretValues.IsNameOfPassword(value) && !SecretValues.IsWord(value))
        {
            site.Report(start, end);
        }
    }
}
