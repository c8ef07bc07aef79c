namespace AgentFlow.Safety.Redaction;

/// <summary>A text as far as its findings are final.</summary>
/// <param name="context">Where more are added.</param>
/// <param name="window">The bytes.</param>
/// <param name="known">Number of findings that are joined and in order.</param>
/// <param name="end">Before it they are final.</param>
internal readonly ref struct FinalText(ScanContext context, ReadOnlySpan<byte> window, int known, int end)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Window { get; } = window;

    /// <summary>Before it the findings are final.</summary>
    public int End { get; } = end;

    /// <summary>Whether nothing follows.</summary>
    public bool IsWhole => End == Window.Length;

    /// <summary>Behind the finding that covers a place; the place itself when none does.</summary>
    public int Behind(int place)
    {
        int next = Merger.FirstBehind(context.Findings, known, place);
        return next > 0 ? Math.Max(place, context.Findings[next - 1].End) : place;
    }

    /// <summary>Adds a finding.</summary>
    public void Report(int start, int end) => context.Add(new(start, end, RuleTable.NamedSecret, context.Identify(Window[start..end])));
}
