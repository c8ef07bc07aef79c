namespace AgentFlow.Safety.Redaction;

/// <summary>How the rows of a table are written.</summary>
internal enum TableForm
{
    /// <summary>Lines with a mark between the cells: CSV, Markdown, psql.</summary>
    Lines,

    /// <summary>Lines with tabs up to <c>\.</c>: what pg_dump writes behind COPY.</summary>
    Copy,

    /// <summary>Rows in parentheses behind INSERT … VALUES.</summary>
    Tuples,
}

/// <summary>A name that heads a column.</summary>
/// <param name="Table">Where the header line or the statement begins.</param>
/// <param name="End">Where the rows begin.</param>
/// <param name="Form">How they are written.</param>
/// <param name="Mark">What stands between cells.</param>
/// <param name="Column">Number of marks in front of the name.</param>
/// <param name="Columns">Number of marks in the header.</param>
/// <param name="Kind">What the name says.</param>
/// <param name="Name">The name.</param>
internal sealed record TableHeading(long Table, long End, TableForm Form, byte Mark, int Column, int Columns, NameKind Kind, byte[] Name)
{
    /// <summary>The same in a buffer that begins elsewhere.</summary>
    public TableHeading Moved(long by) => this with { Table = Table + by, End = End + by };

    /// <summary>Whether a finding lies between the begin of the table and its rows.</summary>
    public bool IsMasked(List<Finding> findings)
    {
        int next = Merger.FirstBehind(findings, findings.Count, (int)Table);
        return (next > 0 && findings[next - 1].End > Table) || (next < findings.Count && findings[next].Start < End);
    }

    /// <summary>A table with no column yet.</summary>
    public Table Open() => Form == TableForm.Tuples ? new TupleTable() : new LineTable(Mark, Columns, Form == TableForm.Copy);
}
