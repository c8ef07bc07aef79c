namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Tables with a column that its heading gives away. Their cells are judged row by row, as far as what was found in the text is final: a
/// finding is one opaque word then, as its placeholder will be, so that a second pass sees the same rows and finds nothing new.
/// </summary>
internal sealed class OpenTables
{
    /// <summary>The most bytes of a row that are waited for; a longer one ends its table.</summary>
    public const int MaxRow = 16 * 1024;

    private const int Few = 8;

    private readonly PriorityQueue<TableHeading, long> _headings = new();
    private Table? _open;
    private long _dropped;

    /// <summary>Adds a heading; its places are those of the buffer.</summary>
    public void Add(TableHeading heading) => _headings.Enqueue(heading.Moved(_dropped), heading.Table + _dropped);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _headings.Clear();
        _open = null;
        _dropped = 0;
    }

    /// <summary>The buffer dropped its first bytes.</summary>
    public void Shift(int count) => _dropped += count;

    /// <summary>Judges the cells before <paramref name="final"/>; gives the place before which nothing more is found.</summary>
    public int Settle(ScanContext context, ReadOnlySpan<byte> window, int final)
    {
        while (_open is not null || _headings.Count > 0)
        {
            if (_open is null)
            {
                TableHeading heading = _headings.Peek().Moved(-_dropped);
                if (heading.End > final)
                {
                    return (int)Math.Min(heading.Table, final);
                }

                _open = Open(context, heading);
                continue;
            }

            int known = context.Findings.Count;
            int at = _open.Advance(new(context, window, known, final, NextStatement(context.Findings)), (int)(_open.At - _dropped));
            Join(context.Findings, known);
            _open.At = at + _dropped;
            DropBefore(_open.At);
            if (!_open.IsDone)
            {
                return Math.Min(at, final);
            }

            _open = null;
        }

        return final;
    }

    /// <summary>Joins what was found: a few are put in their places, the many of a table are sorted in.</summary>
    private static void Join(List<Finding> findings, int known)
    {
        if (findings.Count - known > Few)
        {
            Merger.Merge(findings);
        }
        else
        {
            Merger.Insert(findings, known);
        }
    }

    /// <summary>The table of the first heading and of those beside it; none when a secret stands among them.</summary>
    private Table? Open(ScanContext context, TableHeading heading)
    {
        Table? table = heading.IsMasked(context.Findings) ? null : heading.Open();
        while (_headings.TryPeek(out TableHeading? beside, out _) && beside.Table == heading.Table + _dropped)
        {
            table?.Add(beside);
            _headings.Dequeue();
        }

        if (table is not null)
        {
            table.At = heading.End + _dropped;
        }

        return table;
    }

    /// <summary>Where the next statement with rows of its own begins: no row of another table goes over it.</summary>
    private int NextStatement(List<Finding> findings)
    {
        long next = int.MaxValue + _dropped;
        foreach ((TableHeading heading, long table) in _headings.UnorderedItems)
        {
            bool counts = heading.Form != TableForm.Lines && table >= _open!.At && table < next && !heading.Moved(-_dropped).IsMasked(findings);
            next = counts ? table : next;
        }

        return (int)(next - _dropped);
    }

    /// <summary>Drops the headings in rows that were judged.</summary>
    private void DropBefore(long place)
    {
        while (_headings.TryPeek(out _, out long table) && table < place)
        {
            _headings.Dequeue();
        }
    }
}
