namespace AgentFlow.Safety.Redaction;

/// <summary>Rows that are lines: as many cells as the header has, ruled lines between them.</summary>
internal sealed class LineTable(byte mark, int columns, bool isCopy) : Table
{
    private static readonly ByteSet s_rule = new("|:+ \t=\r-");

    /// <inheritdoc/>
    public override int Advance(FinalText text, int at)
    {
        while (at < text.End)
        {
            // A row that is too long ends the table whether its end is in sight or not: the blocks must not matter.
            int end = Read(text, at);
            if (end < 0 || end - at > OpenTables.MaxRow)
            {
                IsDone = text.End - at > OpenTables.MaxRow;
                return at;
            }

            ReadOnlySpan<byte> row = text.Window[at..Math.Min(end, text.Window.Length)].TrimEnd("\r\n"u8);
            bool ruled = !isCopy && row.Contains((byte)'-') && Shape.IsAll(row, s_rule);
            if (!ruled && (row.IsEmpty || end > text.Statement || Cells.Count != columns + 1 || (isCopy && row.SequenceEqual("\\."u8))))
            {
                IsDone = true;
                return at;
            }

            if (!ruled)
            {
                Judge(text);
            }

            at = end;
        }

        return at;
    }

    /// <summary>Reads the cells of a row; gives where the next begins, or -1 when its end is not final.</summary>
    private int Read(FinalText text, int at)
    {
        Cells.Clear();
        int index = text.NextFinding(at);
        (int start, bool masked) = (at, false);
        for (int i = at; ;)
        {
            (int from, int to) = text.Finding(index);
            if (i >= from)
            {
                (i, masked) = (to, true);
                index++;
                continue;
            }

            if (i == start && i < text.End && text.Window[i] == '"' && !isCopy)
            {
                i = Quoted(text, i);
                continue;
            }

            int stop = Math.Min(from, text.End);
            int found = i < stop ? text.Window[i..stop].IndexOfAny(mark, (byte)'\n') : -1;
            if (found < 0 && from <= text.End)
            {
                i = from;
                continue;
            }

            if (found < 0 && !text.IsWhole)
            {
                return -1;
            }

            int end = found < 0 ? text.Window.Length : i + found;
            Cells.Add(new(start, end, masked));
            if (found < 0 || text.Window[end] == '\n')
            {
                return found < 0 ? end : end + 1;
            }

            (start, masked) = (end + 1, false);
            i = start;
        }
    }

    /// <summary>Behind the closing quote when one stands before the next mark or the line end, else behind the opening one.</summary>
    private int Quoted(FinalText text, int at)
    {
        for (int i = at + 1; i < text.End && text.Window[i] is not ((byte)'\n' or (byte)'\r');)
        {
            if (text.Behind(i) is var behind && behind > i)
            {
                // What a finding hides may hold the closing one.
                return at + 1;
            }

            bool closes = text.Window[i] == '"' && (i + 1 == text.Window.Length || text.Window[i + 1] == mark || text.Window[i + 1] is (byte)'\n' or (byte)'\r');
            if (closes)
            {
                return i + 1;
            }

            i++;
        }

        return at + 1;
    }
}
