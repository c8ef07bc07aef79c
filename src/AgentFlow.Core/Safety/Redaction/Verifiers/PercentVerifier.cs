using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// A command, a setting or a number that a URL carries with its blanks percent-encoded (<c>docker%20login%20-u%20…</c>): decoded and
/// scanned as what it is. The sighting is an encoded blank before a dash or another escape; what needs no blank is read in place.
/// </summary>
internal static class PercentVerifier
{
    private const int Reach = 1024;

    private static readonly ByteSet s_encoded = new("!#-&(-;=?-_a-z~@");

    public static IEnumerable<Anchor> Anchors { get; } = [new("%20-", false, null, Verify), new("%20%", false, null, Verify)];

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = site.At - s_encoded.RunBack(text, site.At, Reach);
        ReadOnlySpan<byte> before = text[start..(site.At + 3)];
        if (!site.Context.CanNest || before.IndexOf("%20-"u8) >= 0 || before.IndexOf("%20%"u8) >= 0)
        {
            // Decoded from the first sighting.
            return;
        }

        ReadOnlySpan<byte> encoded = text.Slice(start, before.Length + s_encoded.Run(text, site.At + 3, Reach));
        byte[] decoded = ArrayPool<byte>.Shared.Rent(encoded.Length + AnchorKernel.Padding);
        int[] places = ArrayPool<int>.Shared.Rent(encoded.Length + 1);
        try
        {
            int length = Decode(encoded, decoded, places);
            ScanContext nested = site.Context.Nested();
            nested.Scan(decoded, length, 0, length);
            nested.Settle(decoded, length, length);
            foreach (Finding finding in nested.Findings)
            {
                site.Report(start + places[finding.Start], start + places[finding.End], finding.Rule, finding.Id);
            }
        }
        finally
        {
            decoded.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(decoded);
            ArrayPool<int>.Shared.Return(places);
        }
    }

    /// <summary>Decodes, one line for each parameter, and keeps where each byte stood and where the text ends.</summary>
    private static int Decode(ReadOnlySpan<byte> encoded, byte[] decoded, int[] places)
    {
        int length = 0;
        int at = 0;
        while (at < encoded.Length)
        {
            int value = encoded[at] == '%' ? Escapes.HexPair(encoded, at + 1) : -1;
            places[length] = at;
            decoded[length++] = value >= 0 ? (byte)value : encoded[at] == '&' ? (byte)'\n' : encoded[at];
            at += value < 0 ? 1 : 3;
        }

        places[length] = at;
        return length;
    }
}
