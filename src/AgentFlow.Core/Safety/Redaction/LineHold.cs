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
        return IsMixed(line[^run..]) || (run >= 4 && window.Waiting <= MostLinesInFrame && FrameStart(window.Text) >= 0) || session.EndsInKnown(line, KnownHead);
    }

    /// <summary>A long word of small and capital letters and digits; commit ids and paths are not.</summary>
    private static bool IsMixed(ReadOnlySpan<byte> word) => word.Length >= MixedRun
        && word.ContainsAnyInRange((byte)'a', (byte)'z') && word.ContainsAnyInRange((byte)'A', (byte)'Z') && word.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>Where a private key's opening frame stands that has no closing one yet, if it is near; else -1.</summary>
    public static int FrameStart(ReadOnlySpan<byte> text)
    {
        int low = Math.Max(0, text.Length - FrameReach);
        ReadOnlySpan<byte> near = text[low..];
        int label = near.LastIndexOf("PRIVATE KEY"u8);
        int begin = label < 0 ? -1 : near[Math.Max(0, label - 40)..label].LastIndexOf("BEGIN"u8);
        return begin < 0 ? -1 : low + Math.Max(0, label - 40) + begin;
    }
}
