using System.Buffers;
using AgentFlow.Safety.Redaction;

namespace AgentFlow.Safety.Scanning;

/// <summary>Finds the secrets of one text: a small one in one piece, a large one as a stream.</summary>
internal static class TextScan
{
    private const int Small = 512 * 1024;

    /// <summary>False when the content is not text and was left alone.</summary>
    public static bool Run(ScanPlan plan, Stream input, FoundValue found, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Small + AnchorKernel.Padding);
        int length = 0;
        try
        {
            length = input.ReadAtLeast(buffer.AsSpan(0, BinaryContent.Sample), BinaryContent.Sample, throwOnEndOfStream: false);
            if (BinaryContent.IsBinary(buffer.AsSpan(0, length)))
            {
                return false;
            }

            bool wide = BinaryContent.IsWide(buffer.AsSpan(0, length));
            length += wide || length < BinaryContent.Sample ? 0 : input.ReadAtLeast(buffer.AsSpan(length, Small - length), Small - length, throwOnEndOfStream: false);
            if (wide || length == Small)
            {
                using PrefixedStream whole = new(buffer.AsMemory(0, length).ToArray(), input);
                StreamRedactor.Find(plan, whole, found, cancellationToken);
            }
            else
            {
                Whole(plan, buffer, length, found);
            }

            return true;
        }
        finally
        {
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Whole(ScanPlan plan, byte[] buffer, int length, FoundValue found)
    {
        ValueSink sink = new(found);
        int at = 0;
        foreach (Finding finding in TextRedactor.Scan(plan, buffer, length).Findings)
        {
            sink.Text(buffer.AsSpan(at..finding.Start));
            sink.Hidden(buffer.AsSpan(finding.Start..finding.End));
            sink.Found(finding);
            at = finding.End;
        }
    }
}
