namespace AgentFlow.Safety.Redaction;

/// <summary>Rows in parentheses with commas between them; a quoted value may hold anything.</summary>
internal sealed class TupleTable : Table
{
    /// <inheritdoc/>
    public override int Advance(FinalText text, int at)
    {
        while (at < text.End)
        {
            byte c = text.Window[at];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' && text.Behind(at) == at)
            {
                at++;
                continue;
            }

            int end = c == '(' && text.Behind(at) == at ? Read(text, at) : at;
            if (end == at || end - at > OpenTables.MaxRow || (end < 0 && (text.IsWhole || text.End - at > OpenTables.MaxRow)))
            {
                IsDone = true;
                return at;
            }

            if (end < 0)
            {
                return at;
            }

            Judge(text);
            at = end;
        }

        return at;
    }

    /// <summary>Reads a row; gives the place behind it, the row's own when it is none, or -1 when its end is not final.</summary>
    private int Read(FinalText text, int at)
    {
        Cells.Clear();
        for (int i = at + 1; i < text.End;)
        {
            int start = i;
            bool masked = false;
            i = IsQuoted(text, start) ? Quoted(text, start, ref masked) : Literal(text, start, ref masked);
            if (i < 0)
            {
                return -1;
            }

            Cells.Add(new(start, i, masked));
            if (text.Window[i] is not ((byte)',' or (byte)')'))
            {
                return at;
            }

            if (text.Window[i++] == ')')
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsQuoted(FinalText text, int at)
    {
        while (at < text.End && text.Window[at] == ' ')
        {
            at++;
        }

        return at < text.End && text.Window[at] == '\'' && text.Behind(at) == at;
    }

    /// <summary>End of a value in quotes: what stands behind the closing one and blanks; -1 when it is not final.</summary>
    private static int Quoted(FinalText text, int start, ref bool masked)
    {
        bool open = false;
        for (int i = start; i < text.End;)
        {
            if (text.Behind(i) is var behind && behind > i)
            {
                (i, masked) = (behind, true);
                continue;
            }

            byte c = text.Window[i];
            bool doubled = open && c == '\'' && i + 1 < text.End && text.Window[i + 1] == '\'' && text.Behind(i + 1) == i + 1;
            if (c == '\'' && !doubled)
            {
                if (open)
                {
                    return Blank(text, i + 1);
                }

                open = true;
            }

            i += doubled || (open && c == '\\') ? 2 : 1;
        }

        return -1;
    }

    /// <summary>End of a number, a word or a call without quotes.</summary>
    private static int Literal(FinalText text, int start, ref bool masked)
    {
        int depth = 0;
        for (int i = start; i < text.End;)
        {
            if (text.Behind(i) is var behind && behind > i)
            {
                (i, masked) = (behind, true);
                continue;
            }

            byte c = text.Window[i];
            if (c is (byte)'\'' or (byte)'\n' || (depth == 0 && c is (byte)',' or (byte)')'))
            {
                return i;
            }

            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i++;
        }

        return -1;
    }

    private static int Blank(FinalText text, int at)
    {
        while (at < text.End && text.Window[at] == ' ')
        {
            at++;
        }

        return at < text.End ? at : -1;
    }
}
