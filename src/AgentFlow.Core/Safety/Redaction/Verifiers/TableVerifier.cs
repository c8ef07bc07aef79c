namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Rows of tables that begin with a name, and the cells below a header that says password, secret or token: CSV, tables of Markdown and
/// of psql. Only what looks drawn at random or chosen as a password counts there, and only in the first rows below a header.
/// </summary>
internal static class TableVerifier
{
    private const int Reach = 3072;
    private const int MaxRows = 256;
    private const int MaxColumns = 8;
    private const int MaxHeading = 40;
    private const int MaxHeader = 1024;

    private static readonly ByteSet s_heading = new("A-Za-z0-9_ ./()#*`\"'-");
    private static readonly ByteSet s_rule = new("|:+ \t=-");

    /// <summary>Whether the name, which ends at <paramref name="end"/>, has the marks of a column around it, told before the line is read.</summary>
    public static bool IsCell(ReadOnlySpan<byte> text, int start, int end)
    {
        int left = start;
        while (left > 0 && text[left - 1] is (byte)' ' or (byte)'"' or (byte)'`' or (byte)'*' && start - left < MaxHeading)
        {
            left--;
        }

        int right = end;
        while (right < text.Length && text[right] is (byte)' ' or (byte)'"' or (byte)'`' or (byte)'*' && right - end < MaxHeading)
        {
            right++;
        }

        bool opens = left == 0 || text[left - 1] is (byte)',' or (byte)'|' or (byte)';' or (byte)'\t' or (byte)'\n';
        bool closes = right < text.Length && text[right] is (byte)',' or (byte)'|' or (byte)';' or (byte)'\t' or (byte)'\n' or (byte)'\r';
        return opens && closes;
    }

    /// <summary>Looks below the name at what stands in its column.</summary>
    public static void VerifyColumn(in Site site, int start, ReadOnlySpan<byte> name, NameKind kind)
    {
        ReadOnlySpan<byte> text = site.Text;
        int line = text[..start].LastIndexOf((byte)'\n') + 1;
        int lineEnd = LineEnd(text[..Math.Min(text.Length, start + MaxHeader)], line);
        byte mark = lineEnd - line > MaxHeader ? (byte)0 : Delimiter(text[line..lineEnd]);
        if (mark == 0 || !IsHeader(text[line..lineEnd], mark))
        {
            return;
        }

        int column = text[line..start].Count(mark);
        int columns = text[line..lineEnd].Count(mark);
        int limit = Math.Min(text.Length, lineEnd + Reach);
        int at = lineEnd + 1;
        for (int row = 0; row < MaxRows && at < limit; row++)
        {
            int end = LineEnd(text, at);
            ReadOnlySpan<byte> cells = text[at..end];
            if (!Shape.IsAll(cells, s_rule) && !VerifyCell(site, at, cells, mark, column, columns, name, kind))
            {
                return;
            }

            at = end + 1;
        }
    }

    /// <summary>The further columns of a table's row: <c>OKTA_API_TOKEN,production,acme.okta.com,…</c>. Only what no date, digest or id looks like counts there.</summary>
    public static void VerifyRow(in Site site, int start, ReadOnlySpan<byte> name, NameKind kind, Connector cell)
    {
        ReadOnlySpan<byte> text = site.Text;
        for (int column = 0; column < MaxColumns && cell.Kind == ConnectorKind.Cell; column++)
        {
            int end = Placeholder.EndOfFront(text, cell.Value, AssignedValue.End(text, start, cell));
            ReadOnlySpan<byte> value = text[cell.Value..end];
            bool random = Shape.LooksStronglyRandom(value) || (kind == NameKind.Password && (Shape.LooksLikePassword(value) || Shape.LooksGenerated(value)));
            if (random && SecretJudge.IsSecret(kind, name, value, cell))
            {
                AssignmentVerifier.Report(site, cell, end);
                return;
            }

            cell = cell.NextCell(text, end);
        }
    }

    /// <summary>Judges the cell of one row; false when the line is none of the table.</summary>
    private static bool VerifyCell(in Site site, int at, ReadOnlySpan<byte> row, byte mark, int column, int columns, ReadOnlySpan<byte> name, NameKind kind)
    {
        (int start, int end, int count, bool quoted) = (0, row.Length, 0, false);
        for (int i = 0; i < row.Length; i++)
        {
            quoted ^= row[i] == '"';
            if (row[i] == mark && !quoted)
            {
                end = count == column ? i : end;
                start = ++count == column ? i + 1 : start;
            }
        }

        if (count != columns)
        {
            return false;
        }

        ReadOnlySpan<byte> padded = row[start..end];
        ReadOnlySpan<byte> value = padded.Trim(" \t\"`'\r"u8);
        int offset = value.IsEmpty ? 0 : padded.IndexOf(value);
        Connector cell = new(ConnectorKind.Cell, at + start + offset, default, false, true);
        bool telling = kind is NameKind.Password or NameKind.Phone ? value.IndexOf((byte)' ') < 0 || kind == NameKind.Phone : Shape.LooksRandom(value);
        if (!value.IsEmpty && telling && value.IndexOf("[REDACTED:"u8) < 0 && SecretJudge.IsSecret(kind, name, value, cell))
        {
            site.Report(cell.Value, cell.Value + value.Length);
        }

        return true;
    }

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
    private static byte Delimiter(ReadOnlySpan<byte> line)
    {
        int pipes = line.Count((byte)'|');
        int tabs = line.Count((byte)'\t');
        int semicolons = line.Count((byte)';');
        return pipes > 0 ? (byte)'|' : tabs > 0 ? (byte)'\t' : semicolons > 0 ? (byte)';' : line.Contains((byte)',') ? (byte)',' : (byte)0;
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int from)
    {
        int end = text[from..].IndexOf((byte)'\n');
        return end < 0 ? text.Length : from + end;
    }
}
