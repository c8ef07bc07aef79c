namespace AgentFlow.Safety.Redaction;

/// <summary>Values of a statement or a dump whose list of columns says what they are: <c>INSERT INTO t (id, api_token) VALUES (1, '…')</c>, <c>COPY t (id, api_token) FROM stdin</c>.</summary>
internal static class StatementVerifier
{
    private const int HeadReach = 512;
    private const int Reach = 3072;
    private const int MaxRows = 64;

    private static readonly ByteSet s_columns = new("A-Za-z0-9_ ,\"`[]\n\r\t");

    /// <summary>Whether the name, which ends at <paramref name="end"/>, may stand in a list of columns, told before the list is read.</summary>
    public static bool IsListed(ReadOnlySpan<byte> text, int start, int end)
    {
        int left = text[..start].TrimEnd(" \t\r\n\"`["u8).Length;
        int right = text.Length - text[end..].TrimStart(" \t\r\n\"`]"u8).Length;
        return left > 0 && right < text.Length && text[left - 1] is (byte)'(' or (byte)',' && text[right] is (byte)')' or (byte)',';
    }

    /// <summary>Judges what stands in the place of the name in each row.</summary>
    public static void Verify(in Site site, int start, ReadOnlySpan<byte> name, NameKind kind)
    {
        ReadOnlySpan<byte> text = site.Text;
        int open = text[..start].LastIndexOf((byte)'(');
        if (open < 0 || start - open > HeadReach || !Shape.IsAll(text[(open + 1)..start], s_columns))
        {
            return;
        }

        int close = open + s_columns.Run(text, open + 1, Reach) + 1;
        ReadOnlySpan<byte> head = text[Math.Max(0, open - HeadReach)..open];
        if (close >= text.Length || text[close] != ')')
        {
            return;
        }

        int column = text[open..start].Count((byte)',');
        ReadOnlySpan<byte> rest = text[(close + 1)..].TrimStart(" \t\r\n"u8);
        int at = text.Length - rest.Length;
        if (HoldsWord(head, "INSERT INTO "u8, "insert into "u8) && (rest.StartsWith("VALUES"u8) || rest.StartsWith("values"u8)))
        {
            VerifyTuples(site, at + 6, column, name, kind);
        }
        else if (HoldsWord(head, "COPY "u8, "copy "u8) && (rest.StartsWith("FROM stdin"u8) || rest.StartsWith("from stdin"u8)))
        {
            VerifyLines(site, at, column, name, kind);
        }
    }

    private static bool HoldsWord(ReadOnlySpan<byte> head, ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower) => head.LastIndexOf(upper) >= 0 || head.LastIndexOf(lower) >= 0;

    /// <summary>Rows in parentheses; a quoted value may hold anything.</summary>
    private static void VerifyTuples(in Site site, int at, int column, ReadOnlySpan<byte> name, NameKind kind)
    {
        ReadOnlySpan<byte> text = site.Text[..Math.Min(site.Text.Length, at + Reach)];
        int place = -1;
        int rows = 0;
        for (int i = at; i < text.Length && rows < MaxRows; i++)
        {
            switch (text[i])
            {
                case (byte)'\'':
                    Quote quote = Quote.At(text, i);
                    int end = quote.Close(text, i + 1, Reach);
                    if (place == column)
                    {
                        Report(site, name, kind, new(ConnectorKind.Equal, i + 1, quote, false, true), end);
                    }

                    i = end;
                    break;
                case (byte)'(' when place < 0:
                    place = 0;
                    break;
                case (byte)',' when place >= 0:
                    place++;
                    break;
                case (byte)')':
                    place = -1;
                    rows++;
                    break;
                case (byte)';':
                    return;
            }
        }
    }

    /// <summary>Rows of a dump, with tabs between the values, up to <c>\.</c>.</summary>
    private static void VerifyLines(in Site site, int at, int column, ReadOnlySpan<byte> name, NameKind kind)
    {
        ReadOnlySpan<byte> text = site.Text[..Math.Min(site.Text.Length, at + Reach)];
        int line = NextLine(text, at);
        for (int row = 0; row < MaxRows && line < text.Length && !text[line..].StartsWith("\\."u8); row++)
        {
            int next = NextLine(text, line);
            int value = line;
            for (int i = 0; i < column && value < next; i++)
            {
                int tab = text[value..next].IndexOf((byte)'\t');
                value = tab < 0 ? next : value + tab + 1;
            }

            int length = text[value..next].IndexOfAny((byte)'\t', (byte)'\n', (byte)'\r');
            if (length > 0)
            {
                Report(site, name, kind, new(ConnectorKind.Equal, value, default, false, true), value + length);
            }

            line = next;
        }
    }

    private static int NextLine(ReadOnlySpan<byte> text, int from)
    {
        int end = text[from..].IndexOf((byte)'\n');
        return end < 0 ? text.Length : from + end + 1;
    }

    private static void Report(in Site site, ReadOnlySpan<byte> name, NameKind kind, Connector connector, int end)
    {
        end = Placeholder.EndOfFront(site.Text, connector.Value, end);
        if (end > connector.Value && SecretJudge.IsSecret(kind, name, site.Text[connector.Value..end], connector))
        {
            site.Report(connector.Value, end);
        }
    }
}
