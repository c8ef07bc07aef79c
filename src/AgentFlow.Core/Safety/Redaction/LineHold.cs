namespace AgentFlow.Safety.Redaction;

/// <summary>Decides whether a line has to wait for the next one: its end looks like the first part of something.</summary>
internal static class LineHold
{
    private const int MostLines = 64;
    private const int MostBytes = 16 * 1024;
    private const int MostLinesInFrame = 16;
    private const int FrameReach = 2048;
    private const int MixedRun = 16;
    private const int KnownHead = 4;

    private static readonly ByteSet s_word = new("A-Za-z0-9+/=_.~-");

    public static bool Holds(RedactionSession session, LineWindow window, IReadOnlyList<Finding> findings)
    {
        ReadOnlySpan<byte> line = window.Last.TrimEnd(" \t\r\\`\"',+^"u8);
        if (line.IsEmpty || window.Waiting > MostLines || window.WaitingBytes > MostBytes)
        {
            return false;
        }

        // What is hidden to its end already loses nothing by being given.
        int end = window.Text.Length - 1 - (window.Last.Length - line.Length);
        if (findings.Count > 0 && findings[^1].End >= end)
        {
            return false;
        }

        int run = s_word.RunBack(line, line.Length);
        return IsMixed(line[^run..]) || (run >= 4 && window.Waiting <= MostLinesInFrame && IsInFrame(window.Text)) || session.EndsInKnown(line, KnownHead);
    }

    /// <summary>A long word of small and capital letters and digits; commit ids and paths are not.</summary>
    private static bool IsMixed(ReadOnlySpan<byte> word) => word.Length >= MixedRun
        && word.ContainsAnyInRange((byte)'a', (byte)'z') && word.ContainsAnyInRange((byte)'A', (byte)'Z') && word.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>A private key's opening frame is in sight and its closing one is not.</summary>
    private static bool IsInFrame(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> near = text[Math.Max(0, text.Length - FrameReach)..];
        int label = near.LastIndexOf("PRIVATE KEY"u8);
        return label >= 0 && near[..label].LastIndexOf("BEGIN"u8) is >= 0 and int begin && label - begin < 40;
    }
}
