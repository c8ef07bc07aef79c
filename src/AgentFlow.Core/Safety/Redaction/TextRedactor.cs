using System.Buffers;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>One text in memory: to UTF-8, scanned, and only when something was found copied around the findings.</summary>
internal static class TextRedactor
{
    [ThreadStatic]
    private static ScanContext? s_context;

    /// <summary>The redacted text, or null when it is clean.</summary>
    public static string? Redact(ScanPlan plan, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + AnchorKernel.Padding);
        int length = 0;
        try
        {
            length = Encoding.UTF8.GetBytes(text, buffer);
            ScanContext context = Scan(plan, buffer, length);
            return context.Findings.Count == 0 ? null : Rebuild(text, buffer.AsSpan(0, length), context.Findings);
        }
        finally
        {
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Where the findings of a text stand.</summary>
    public static IReadOnlyList<SecretFinding> Find(ScanPlan plan, ReadOnlySpan<char> text)
    {
        List<SecretFinding> places = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + AnchorKernel.Padding);
        int length = 0;
        try
        {
            length = Encoding.UTF8.GetBytes(text, buffer);
            LocatingSink sink = new(places.Add);
            int at = 0;
            foreach (Finding finding in Scan(plan, buffer, length).Findings)
            {
                sink.Text(buffer.AsSpan(at..finding.Start));
                sink.Hidden(buffer.AsSpan(finding.Start..finding.End));
                sink.Found(finding);
                at = finding.End;
            }
        }
        finally
        {
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return places;
    }

    /// <summary>The findings of a whole text, joined and in order. The list is valid until the thread scans again.</summary>
    public static ScanContext Scan(ScanPlan plan, byte[] buffer, int length)
    {
        ScanContext context = s_context ??= new(plan);
        context.Plan = plan;
        context.Reset();
        context.Scan(buffer, length, 0, length);
        context.Settle(buffer, length, length);
        return context;
    }

    private static string Rebuild(ReadOnlySpan<char> text, ReadOnlySpan<byte> utf8, List<Finding> findings)
    {
        StringBuilder result = new(text.Length);
        bool ascii = utf8.Length == text.Length;
        int atByte = 0;
        int atChar = 0;
        foreach (Finding finding in findings)
        {
            int gap = ascii ? finding.Start - atByte : Encoding.UTF8.GetCharCount(utf8[atByte..finding.Start]);
            result.Append(text.Slice(atChar, gap));
            Placeholder.Append(result, finding);
            atChar += gap + (ascii ? finding.Length : Encoding.UTF8.GetCharCount(utf8[finding.Start..finding.End]));
            atByte = finding.End;
        }

        return result.Append(text[atChar..]).ToString();
    }
}
