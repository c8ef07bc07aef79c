namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Names in tables: those that head a column of lines, of a dump or of a statement, and those that a row begins with. Only what looks
/// drawn at random or chosen as a password counts in a cell.
/// </summary>
internal static class TableVerifier
{
    private const int MaxColumns = 8;
    private const int MaxHeading = 40;
    private const int MaxHeader = 1024;
    private const int MaxTableName = 160;

    private static readonly ByteSet s_heading = new("A-Za-z0-9_ ./()#*`\"'-");
    private static readonly ByteSet s_words = new("A-Za-z0-9_ \"`*[");
    private static readonly ByteSet s_columns = new("A-Za-z0-9_ ,\"`[]\n\r\t");
    private static readonly ByteSet s_tableName = new("A-Za-z0-9_.\"`[] \n\r");

    /// <summary>Sees whether the name heads a column; the cells below are judged when they are final.</summary>
    public static void VerifyHeading(in Site site, int start, int end, ReadOnlySpan<byte> name, NameKind kind)
    {
        ReadOnlySpan<byte> text = site.Text;
        int left = start - s_words.RunBack(text, start, MaxHeading);
        int right = end + text[end..].IndexOfAnyExcept(" \"`*]"u8);
        byte before = left == 0 ? (byte)'\n' : text[left - 1];
        byte after = right < end ? (byte)' ' : text[right];
        bool opens = before is (byte)',' or (byte)'|' or (byte)';' or (byte)'\t' or (byte)'\n' or (byte)'(';
        if (!opens || after is not ((byte)',' or (byte)'|' or (byte)';' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)')'))
        {
            return;
        }

        TableHeading? heading = InStatement(text, start, name, kind) ?? (after == ')' || before == '(' ? null : InLine(text, start, name, kind));
        if (heading is not null)
        {
            site.Head(heading);
        }
    }

    /// <summary>The further columns of a row: <c>OKTA_API_TOKEN,production,acme.okta.com,…</c>. Only what no date, digest or id looks like counts there.</summary>
    public static void VerifyRow(in Site site, int start, ReadOnlySpan<byte> name, NameKind kind, Connector cell)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool isVariable = name.Contains((byte)'_') && !name.ContainsAnyInRange((byte)'a', (byte)'z');
        for (int column = 0; column < MaxColumns && cell.Kind == ConnectorKind.Cell; column++)
        {
            int end = Placeholder.EndOfFront(text, cell.Value, AssignedValue.End(text, start, cell));
            ReadOnlySpan<byte> value = text[cell.Value..end];
            bool random = Shape.LooksStronglyRandom(value) || (kind == NameKind.Password && (Shape.LooksLikePassword(value) || Shape.LooksGenerated(value))) || (isVariable && IsHexKey(value));
            if (random && SecretJudge.IsSecret(kind, name, value, cell))
            {
                AssignmentVerifier.Report(site, cell, end);
                return;
            }

            cell = cell.NextCell(text, end);
        }
    }

    /// <summary>Hexadecimal as long as a key and not as a commit.</summary>
    private static bool IsHexKey(ReadOnlySpan<byte> value) => value.Length is 32 or 48 or 64 or 96 or 128 && Shape.IsAll(value, ByteSet.LowerHex) && value.ContainsAnyInRange((byte)'0', (byte)'9');

    private static TableHeading? InLine(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> name, NameKind kind)
    {
        int line = text[..start].LastIndexOf((byte)'\n') + 1;
        int length = text[line..Math.Min(text.Length, start + MaxHeader)].IndexOf((byte)'\n');
        if (length < 0 || length > MaxHeader)
        {
            return null;
        }

        ReadOnlySpan<byte> header = text.Slice(line, length);
        byte mark = Delimiter(header);
        return mark != 0 && IsHeader(header, mark)
            ? new(line, line + length + 1, TableForm.Lines, mark, text[line..start].Count(mark), header.Count(mark), kind, name.ToArray())
            : null;
    }

    /// <summary>A column in the list of <c>INSERT INTO t (…) VALUES</c> or <c>COPY t (…) FROM stdin;</c>.</summary>
    private static TableHeading? InStatement(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> name, NameKind kind)
    {
        int open = start - s_columns.RunBack(text, start, MaxHeader) - 1;
        int table = open < 0 ? 0 : open - s_tableName.RunBack(text, open, MaxTableName);
        if (open < 0 || text[open] != '(')
        {
            return null;
        }

        int insert = IndexOf(text[table..open], "INSERT INTO "u8, "insert into "u8);
        int copy = insert < 0 ? IndexOf(text[table..open], "COPY "u8, "copy "u8) : -1;
        int close = start + s_columns.Run(text, start, MaxHeader);
        if (insert + copy == -2 || close >= text.Length || text[close] != ')')
        {
            return null;
        }

        ReadOnlySpan<byte> rest = text[(close + 1)..].TrimStart(" \t\r\n"u8);
        int rows = text.Length - rest.Length;
        int column = text[open..start].Count((byte)',');
        int columns = text[open..close].Count((byte)',');
        if (insert >= 0)
        {
            return rest.StartsWith("VALUES"u8) || rest.StartsWith("values"u8) ? new(table + insert, rows + 6, TableForm.Tuples, (byte)',', column, columns, kind, name.ToArray()) : null;
        }

        int line = rest.StartsWith("FROM stdin"u8) || rest.StartsWith("from stdin"u8) ? rest.IndexOf((byte)'\n') : -1;
        return line is > 0 and < MaxTableName ? new(table + copy, rows + line + 1, TableForm.Copy, (byte)'\t', column, columns, kind, name.ToArray()) : null;
    }

    private static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower) => Math.Max(text.LastIndexOf(upper), text.LastIndexOf(lower));

    private static bool IsHeader(ReadOnlySpan<byte> line, byte mark)
    {
        foreach (Range range in line.Split(mark))
        {
            ReadOnlySpan<byte> cell = line[range].Trim(" \t\r"u8);
            bool edge = mark == '|' && cell.IsEmpty;
            if (!edge && (cell.Length is 0 or > MaxHeading || !Shape.IsAll(cell, s_heading) || Shape.Digits(cell) * 2 > cell.Length))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What parts the cells; 0 for a line of one.</summary>
    private static byte Delimiter(ReadOnlySpan<byte> line) =>
        line.Contains((byte)'|') ? (byte)'|' : line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)';') ? (byte)';' : line.Contains((byte)',') ? (byte)',' : (byte)0;
}
