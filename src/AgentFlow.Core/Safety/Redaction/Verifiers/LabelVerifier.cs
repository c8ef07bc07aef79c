namespace AgentFlow.Safety.Redaction;

/// <summary>Labels of a program's output that no name of a secret looks like: <c>Key Content : …</c> of netsh, <c>Unseal Key 1: …</c> of Vault, <c>result</c> of Terraform's <c>random_password</c>, the value under a <c>keyName</c> of Azure.</summary>
internal static class LabelVerifier
{
    private const int Reach = 640;
    private const int MinLength = 8;
    private const int MinMember = 16;
    private const int MinKey = 40;
    private const int MinHex = 32;
    private const int MaxUser = 16;

    private static readonly ByteSet s_blank = new(" \t");
    private static readonly ByteSet s_token = new("A-Za-z0-9_.+/=-");
    private static readonly ByteSet s_segment = new("A-Za-z0-9_.~-");

    public static IEnumerable<Anchor> Anchors { get; } =
    [
        new("Key Content", false, null, VerifyLabel), new("Unseal Key ", false, null, VerifyLabel), new("random_password", false, null, (scoped in Site site) => VerifyMember(site, "esult"u8)),
        new("Private Key:", false, new ByteSet("\r\n"), VerifyNextLine),
        new(" code is ", false, null, VerifyCode),
        new("eyName", false, null, (scoped in Site site) => VerifyMember(site, "alue"u8)),
    ];

    /// <summary>Sighting: the label; the value stands behind a colon on its line.</summary>
    private static void VerifyLabel(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + text[site.At..].IndexOf(" "u8) + 1;
        at += ByteSet.Alnum.Run(text, at, 16);
        at += s_blank.Run(text, at, 32);
        at += ByteSet.Digit.Run(text, at, 2);
        if (at < text.Length && text[at] == ':')
        {
            Report(site, at + 1, MinLength);
        }
    }

    /// <summary>Sighting: a label whose value is the next line.</summary>
    private static void VerifyNextLine(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + "Private Key:".Length;
        at += text[at..].StartsWith("\r\n"u8) ? 2 : 1;
        int run = s_token.Run(text, at, Reach);
        if (run >= MinKey && Shape.LooksStronglyRandom(text.Slice(at, run)))
        {
            site.Report(at, at + run);
        }
    }

    /// <summary>Sighting: <c>… code is 123456</c>, when the word before says that it lets somebody in.</summary>
    private static void VerifyCode(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        ReadOnlySpan<byte> before = text[..site.At];
        int at = site.At + " code is ".Length;
        at += Quote.At(text, at).Length;
        int digits = ByteSet.Digit.Run(text, at, 12);
        bool admits = before.EndsWith("erification"u8) || before.EndsWith("ecurity"u8) || before.EndsWith("ne-time"u8) || before.EndsWith("ogin"u8) || before.EndsWith("uthentication"u8) || before.EndsWith("onfirmation"u8) || before.EndsWith("ccess"u8);
        if (admits && digits is >= 6 and <= 8 && (at + digits == text.Length || !ByteSet.Word[text[at + digits]]))
        {
            site.Report(at, at + digits);
        }
    }

    /// <summary>
    /// A link that lets in whoever has it (<c>/password/reset/…</c>, <c>/reset-password/…</c>); the part behind it is the secret, with Django
    /// the one behind the user. The sighting is a word of the path, which ends at <paramref name="end"/>.
    /// </summary>
    public static void VerifyLink(in Site site, int end)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = end + (text[end..].StartsWith("/reset/"u8) ? "/reset/".Length : 1);
        int run = s_segment.Run(text, at, Reach);
        if (run <= MaxUser && at + run < text.Length && text[at + run] == '/')
        {
            at += run + 1;
            run = s_segment.Run(text, at, Reach);
        }

        ReadOnlySpan<byte> value = text.Slice(at, run).TrimEnd((byte)'.');
        if (Shape.LooksStronglyRandom(value) || Shape.IsUuid(value) || (value.Length >= MinHex && Shape.LooksRandom(value) && Shape.Digits(value) >= 4))
        {
            site.Report(at, at + value.Length);
        }
    }

    /// <summary>Sighting: what kind of thing an object is; the member that is its secret follows.</summary>
    private static void VerifyMember(in Site site, ReadOnlySpan<byte> member)
    {
        ReadOnlySpan<byte> text = site.Text;
        ReadOnlySpan<byte> rest = text[site.At..Math.Min(text.Length, site.At + Reach)];
        int end = rest.IndexOfAny("{}"u8);
        int found = (rest.IndexOf("attributes"u8) >= 0 || end < 0 ? rest : rest[..end]).IndexOf(member);
        int at = site.At + found + member.Length;
        at += found < 0 ? 0 : Quote.At(text, at).Length;
        at += s_blank.Run(text, at, 32);
        if (found > 0 && at < text.Length && text[at] is (byte)':' or (byte)'=')
        {
            Report(site, at + 1, MinMember);
        }
        else if (found > 0 && at < text.Length && text[at] is (byte)'\r' or (byte)'\n')
        {
            ReportColumn(site, at);
        }
    }

    /// <summary>The keys below a heading, in columns of blanks.</summary>
    private static void ReportColumn(in Site site, int at)
    {
        ReadOnlySpan<byte> text = site.Text[..Math.Min(site.Text.Length, at + Reach)];
        while (at < text.Length)
        {
            int run = ByteSet.AnyBase64.Run(text, at, Reach);
            if (run >= MinKey && Shape.LooksStronglyRandom(text.Slice(at, run)))
            {
                site.Report(at, at + run + ByteSet.Equal.Run(text, at + run, 2));
            }

            at += run + 1;
        }
    }

    private static void Report(in Site site, int at, int min)
    {
        ReadOnlySpan<byte> text = site.Text;
        at += s_blank.Run(text, at, 32);
        Quote quote = Quote.At(text, at);
        int start = at + quote.Length;
        int end = Placeholder.EndOfFront(text, start, quote.IsSome ? quote.Close(text, start, Reach) : CommandVerifier.WordEnd(text, start));
        ReadOnlySpan<byte> value = text[Math.Min(start, end)..end];
        if (value.Length >= min && (min == MinLength || Shape.LooksRandom(value)) && !SecretValues.IsStandIn(value) && !SecretValues.IsWord(value))
        {
            site.Report(start, end);
        }
    }
}
