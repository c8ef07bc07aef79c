namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Where lists of cookies seemed to end. When such a place turns out to lie in a secret (a known value with a quote, a token over two
/// lines), the list goes on behind it, as it will seem to once a placeholder stands there: a second pass finds nothing new.
/// </summary>
internal sealed class OpenLists
{
    private readonly PriorityQueue<Quote, long> _ends = new();
    private long _dropped;

    /// <summary>Adds the place of the mark that ended a list, and the mark that would close it.</summary>
    public void Add(int end, Quote quote) => _ends.Enqueue(quote, _dropped + end);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _ends.Clear();
        _dropped = 0;
    }

    /// <summary>The buffer dropped its first bytes.</summary>
    public void Shift(int count) => _dropped += count;

    /// <summary>
    /// Goes on with each list whose end lies in one of the joined findings, first to last. A list waits when its end or its secret
    /// reaches beyond <paramref name="decided"/>, so that the result does not depend on the blocks.
    /// </summary>
    public void Settle(ScanContext context, ReadOnlySpan<byte> window, int decided)
    {
        (long End, Quote Quote) last = (-1, default);
        while (_ends.TryPeek(out Quote quote, out long end) && end - _dropped < decided)
        {
            Finding over = Over(context.Findings, (int)(end - _dropped));
            if (over.End >= decided && decided < window.Length)
            {
                return;
            }

            _ends.Dequeue();
            if (over.Length > 0 && over.End < window.Length && over.Rule != RuleTable.PrivateKey && last != (end, quote))
            {
                int known = context.Findings.Count;
                CookieVerifier.Resume(new(context, window, over.End, RuleTable.Cookie), quote);
                Merger.Insert(context.Findings, known);
            }

            last = (end, quote);
        }
    }

    /// <summary>The finding that covers a place; an empty one when none does.</summary>
    private static Finding Over(List<Finding> findings, int place)
    {
        int next = Merger.FirstBehind(findings, findings.Count, place);
        return next > 0 && findings[next - 1].End > place ? findings[next - 1] : default;
    }
}
