namespace AgentFlow.Safety.Redaction;

/// <summary>E-mail addresses, sighted at the at sign.</summary>
internal static class EmailVerifier
{
    private static readonly ByteSet s_local = new("A-Za-z0-9._%+-");
    private static readonly ByteSet s_domain = new("A-Za-z0-9.-");

    public static void Verify(in Site site) => Verify(site, 1);

    public static void VerifyEncoded(scoped in Site site) => Verify(site, 3);

    public static string Example(Random random) => TokenPattern.Parse("{l:4-9}.{l:4-9}@{l:4-9}.com").Example(random);

    private static void Verify(in Site site, int width)
    {
        ReadOnlySpan<byte> text = site.Text;
        int local = s_local.RunBack(text, site.At, 96);
        int domain = s_domain.Run(text, site.At + width, 253);
        int start = site.At - local;
        int end = site.At + width + domain;
        int dot = text[(site.At + width)..end].LastIndexOf((byte)'.');
        if (local > 0 && dot > 0 && ByteSet.Alnum.Run(text, site.At + width + dot + 1) >= 2)
        {
            site.Report(start, end);
        }
    }
}
