namespace AgentFlow.Safety.Redaction;

/// <summary>A text as far as its findings are final.</summary>
/// <param name="context">Where more are added.</param>
/// <param name="window">The bytes.</param>
/// <param name="known">Number of findings that are joined and in order.</param>
/// <param name="end">Before it they are final.</param>
/// <param name="statement">Where the next statement with rows begins.</param>
internal readonly ref struct FinalText(ScanContext context, ReadOnlySpan<byte> window, int known, int end, int statement)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Window { get; } = window;

    /// <summary>Before it the findings are final.</summary>
    public int End { get; } = end;

    /// <summary>Where the next statement with rows begins.</summary>
    public int Statement { get; } = statement;

    /// <summary>Whether nothing follows.</summary>
    public bool IsWhole => End == Window.Length;

    /// <summary>Behind the finding that covers a place, or the placeholder that begins there; the place itself when there is none.</summary>
    public int Behind(int place)
    {
        int next = Merger.FirstBehind(context.Findings, known, place);
        int end = next > 0 ? Math.Max(place, context.Findings[next - 1].End) : place;
        return end == place && place < Window.Length && Window[place] == '[' ? BehindPlaceholder(place) : end;
    }

    /// <summary>Index of the first finding that ends behind a place.</summary>
    public int NextFinding(int place)
    {
        int next = Merger.FirstBehind(context.Findings, known, place);
        return next > 0 && context.Findings[next - 1].End > place ? next - 1 : next;
    }

    /// <summary>Where a finding begins and ends; both at the end of the text when there is none.</summary>
    public (int Start, int End) Finding(int index) => index < known ? (context.Findings[index].Start, context.Findings[index].End) : (int.MaxValue, int.MaxValue);

    private int BehindPlaceholder(int place)
    {
        Range placeholder = Window[place..].StartsWith(Placeholder.Start) ? Placeholder.Around(Window, place + 1) : default;
        return placeholder.Start.Value == place && placeholder.End.Value > place ? placeholder.End.Value : place;
    }

    /// <summary>Adds a finding.</summary>
    public void Report(int start, int end) => context.Add(new(start, end, RuleTable.NamedSecret, context.Identify(Window[start..end])));
}
