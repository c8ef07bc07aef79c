namespace AgentFlow.Safety.Redaction;

/// <summary>Private members of a JSON web key; the sighting is <c>"kty"</c>.</summary>
internal static class JwkVerifier
{
    private const int Reach = 4096;

    private static readonly byte[][] s_members = [.. new[] { "d", "p", "q", "dp", "dq", "qi", "k" }.Select(m => System.Text.Encoding.ASCII.GetBytes($"\"{m}"))];

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int open = text[..site.At].LastIndexOf((byte)'{');
        if (open < 0)
        {
            return;
        }

        int reach = Math.Min(text.Length, site.At + Reach);
        int close = text[site.At..reach].IndexOf((byte)'}');
        int end = close < 0 ? reach : site.At + close;
        foreach (byte[] member in s_members)
        {
            for (int at = open; text[at..end].IndexOf(member) is >= 0 and int found; at += found + member.Length)
            {
                ReportValue(site, at + found + 1, at + found + member.Length);
            }
        }
    }

    private static void ReportValue(in Site site, int nameStart, int nameEnd)
    {
        Connector connector = Connector.Read(site.Text, nameStart, nameEnd);
        int run = connector.Kind == ConnectorKind.Colon && connector.Quote.IsSome ? ByteSet.WordDash.Run(site.Text, connector.Value, Reach) : 0;
        if (run >= 16)
        {
            site.Report(connector.Value, connector.Value + run);
        }
    }
}
