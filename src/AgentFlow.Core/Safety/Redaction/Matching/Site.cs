namespace AgentFlow.Safety.Redaction;

/// <summary>
/// One sighting of an anchor. <see cref="Text"/> is cut to a fixed reach on both sides, so a verifier sees the same bytes
/// whatever the block size, and its answer cannot depend on chunking.
/// </summary>
internal readonly ref struct Site
{
    /// <summary>Bytes before an anchor that a finding may begin at.</summary>
    public const int LookBehind = 2048;

    /// <summary>Bytes after an anchor that a verifier may read.</summary>
    public const int LookAhead = 32 * 1024;

    private readonly ScanContext _context;
    private readonly int _offset;
    private readonly short _rule;

    public Site(ScanContext context, ReadOnlySpan<byte> window, int anchor, short rule)
    {
        int low = Math.Max(0, anchor - LookBehind);
        int high = (int)Math.Min(window.Length, (long)anchor + LookAhead);
        Text = window[low..high];
        At = anchor - low;
        _offset = low;
        _context = context;
        _rule = rule;
    }

    /// <summary>The bytes in reach.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Where the anchor stands in <see cref="Text"/>.</summary>
    public int At { get; }

    /// <summary>Context of the scan, for nested scans of decoded text.</summary>
    public ScanContext Context => _context;

    /// <summary>Reports the span of a secret; its keyed id comes from exactly these bytes.</summary>
    public void Report(int start, int end) => Report(start, end, start, end);

    /// <summary>Reports a span whose id comes from the bytes of a narrower one.</summary>
    public void Report(int start, int end, int idStart, int idEnd) => Report(start, end, _rule, _context.Identify(Text[idStart..idEnd]));

    /// <summary>Reports a span under another row of the table, with a ready id. A placeholder is never cut in two.</summary>
    public void Report(int start, int end, short rule, ulong id)
    {
        start = Math.Max(start, Placeholder.Around(Text, start).End.Value);
        end = Placeholder.Around(Text, end) is { End.Value: > 0 } cut ? cut.Start.Value : end;
        if (end > start)
        {
            _context.Add(new(_offset + start, _offset + end, rule, id));
        }
    }

    /// <summary>Keeps a heading until what stands below it is final.</summary>
    public void Head(TableHeading heading) => _context.Head(heading.Moved(_offset));

    /// <summary>Keeps the end of a list until it is known what stands there.</summary>
    public void Postpone(int end, Quote quote) => _context.Postpone(_offset + end, quote);
}
