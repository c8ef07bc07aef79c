namespace AgentFlow.Safety.Redaction;

/// <summary>A table whose rows are being judged.</summary>
internal abstract class Table
{
    private readonly List<TableHeading> _headings = [];

    /// <summary>Where the next row begins.</summary>
    public long At { get; set; }

    /// <summary>Whether the last row was met.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>Cells of the row that was read last.</summary>
    protected List<Cell> Cells { get; } = [];

    /// <summary>Adds a column to judge.</summary>
    public void Add(TableHeading heading) => _headings.Add(heading);

    /// <summary>Judges the rows from <paramref name="at"/> on that are final; gives where the next one begins.</summary>
    public abstract int Advance(FinalText text, int at);

    /// <summary>Judges the cells that were read.</summary>
    protected void Judge(FinalText text)
    {
        foreach (TableHeading heading in _headings)
        {
            if (heading.Column < Cells.Count && !Cells[heading.Column].IsMasked)
            {
                Judge(text, heading, Cells[heading.Column]);
            }
        }
    }

    private static void Judge(FinalText text, TableHeading heading, Cell cell)
    {
        ReadOnlySpan<byte> padded = text.Window[cell.Start..cell.End];
        int front = padded.Length - padded.TrimStart(" \t\"'`"u8).Length;
        ReadOnlySpan<byte> value = padded[front..].TrimEnd(" \t\"'`\r"u8);
        Connector connector = new(ConnectorKind.Cell, cell.Start + front, default, false, true);
        bool telling = heading.Kind == NameKind.Phone || (heading.Kind == NameKind.Password ? !value.Contains((byte)' ') : Shape.LooksRandom(value));
        if (!value.IsEmpty && telling && SecretJudge.IsSecret(heading.Kind, heading.Name, value, connector))
        {
            text.Report(connector.Value, connector.Value + value.Length);
        }
    }

    /// <summary>A cell of a row.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="IsMasked">Whether a finding lies in it.</param>
    protected readonly record struct Cell(int Start, int End, bool IsMasked);
}
