namespace AgentFlow.Safety.Redaction;

/// <summary>
/// <c>NAME=value</c>, <c>"name": "value"</c>, <c>name: value</c>, headers, query parameters, connection strings, command-line flags,
/// XML elements: a name that says secret, a connector, a value that is neither a stand-in nor a word. The sighting is a word in the name.
/// </summary>
internal static class AssignmentVerifier
{
    /// <summary>Answers of identity providers reach ten thousand characters.</summary>
    private const int MaxValue = 12 * 1024;

    private const int EchoReach = 512;
    private const int Around = 256;
    private const int MaxColumns = 8;

    private static readonly ByteSet s_name = new("A-Za-z0-9_.-");

    /// <summary>What a connector can begin with.</summary>
    private static readonly ByteSet s_behindName = new(" \t\r\n\u001b\"'`\\%&=:><-|,(]*");

    private static readonly ByteSet s_token = new("A-Za-z0-9_+/=.~-");

    public static void Verify(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = s_name[text[site.At]] ? site.At : site.At + 1;
        int end = at + s_name.Run(text, at, SecretNames.MaxLength);
        if (end < text.Length && (!s_behindName[text[end]] || IsNothing(text[end..])))
        {
            return;
        }

        int start = at - s_name.RunBack(text, at, SecretNames.MaxLength);
        start += start > 0 && text[start - 1] == '\\' && start < at ? 1 : 0;
        ReadOnlySpan<byte> name = text[start..end].TrimEnd(".-_"u8);
        NameKind kind = name.SequenceEqual("code"u8) && Quote.At(text, end).IsSome ? CodeKind(text, start) : SecretNames.Classify(name);
        if (kind == NameKind.None || Placeholder.EndsBefore(text, start))
        {
            return;
        }

        if (ColumnVerifier.IsCell(text, start, end))
        {
            ColumnVerifier.Verify(site, start, name, kind);
        }

        Connector connector = Connector.Read(text, start, end);
        bool inPath = start > 0 && ((connector.Kind == ConnectorKind.Colon && text[start - 1] == '/' && start > 1 && text[start - 2] != ' ') || text[..start].EndsWith("::"u8) || IsResourceName(text, start, connector));
        if (connector.Kind == ConnectorKind.None || inPath)
        {
            return;
        }

        if (kind == NameKind.Authorization)
        {
            AuthorizationVerifier.VerifyValue(site, connector.Value);
            return;
        }

        int valueEnd = Placeholder.EndOfFront(text, connector.Value, ValueEnd(text, start, connector));
        scoped ReadOnlySpan<byte> value = text[connector.Value..valueEnd];
        value = value.ContainsAny((byte)0x1b, (byte)'\n') ? OfOnePiece(value, stackalloc byte[MaxValue]) : value;
        if (!value.IsEmpty && !IsNextName(text, valueEnd, connector) && (SecretJudge.IsSecret(kind, name, value, connector) || IsPhrase(text, start, name, kind, value, connector)))
        {
            Report(site, connector, valueEnd);
        }
        else if (connector.Kind == ConnectorKind.Cell)
        {
            VerifyRow(site, start, name, kind, connector.NextCell(text, valueEnd));
        }
    }

    /// <summary>The further columns of a table's row: <c>OKTA_API_TOKEN,production,acme.okta.com,…</c>. Only what no date, digest or id looks like counts there.</summary>
    private static void VerifyRow(in Site site, int start, ReadOnlySpan<byte> name, NameKind kind, Connector cell)
    {
        ReadOnlySpan<byte> text = site.Text;
        for (int column = 0; column < MaxColumns && cell.Kind == ConnectorKind.Cell; column++)
        {
            int end = Placeholder.EndOfFront(text, cell.Value, ValueEnd(text, start, cell));
            ReadOnlySpan<byte> value = text[cell.Value..end];
            bool random = Shape.LooksStronglyRandom(value) || (kind == NameKind.Password && (Shape.LooksLikePassword(value) || Shape.LooksGenerated(value)));
            if (random && SecretJudge.IsSecret(kind, name, value, cell))
            {
                Report(site, cell, end);
                return;
            }

            cell = cell.NextCell(text, end);
        }
    }

    /// <summary>A password with blanks in a connection string of PostgreSQL: <c>host=… user=… password='…'</c>.</summary>
    private static bool IsPhrase(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> name, NameKind kind, ReadOnlySpan<byte> value, Connector connector)
    {
        if (kind != NameKind.Password || !name.SequenceEqual("password"u8) || connector.Kind != ConnectorKind.Equal || connector.Quote.Character != '\'' || SecretValues.IsStandIn(value))
        {
            return false;
        }

        ReadOnlySpan<byte> around = text[Math.Max(0, at - Around)..Math.Min(text.Length, at + Around)];
        return around.IndexOf("dbname="u8) >= 0 || around.IndexOf("host="u8) >= 0;
    }

    /// <summary>A member "code" is mostly a status; it buys tokens when the kind of the grant stands beside it.</summary>
    private static NameKind CodeKind(ReadOnlySpan<byte> text, int at) =>
        text[Math.Max(0, at - Around)..Math.Min(text.Length, at + Around)].IndexOf("authorization_code"u8) >= 0 ? NameKind.Secret : NameKind.None;

    /// <summary>Half of what JSON says of names of secrets is that there is none: told before the name is judged.</summary>
    private static bool IsNothing(ReadOnlySpan<byte> behindName) => behindName.StartsWith("\":null,"u8) || behindName.StartsWith("\": null,"u8) || behindName.StartsWith("\":null}"u8);

    /// <summary><c>"name":"verifyPassword","startTime":1</c>: what stands behind the comma is the name of the next member, no second argument.</summary>
    private static bool IsNextName(ReadOnlySpan<byte> text, int end, Connector connector) =>
        connector.Kind == ConnectorKind.Argument && connector.Quote.IsSome && end < text.Length
        && text[Math.Min(text.Length, end + connector.Quote.Length)..].TrimStart(" \t"u8).StartsWith(":"u8);

    /// <summary><c>arn:aws:secretsmanager:region:account:secret:name</c>: a name between colons.</summary>
    private static bool IsResourceName(ReadOnlySpan<byte> text, int start, Connector connector) =>
        connector.Kind == ConnectorKind.Colon && text[start - 1] == ':' && text[Math.Max(0, start - 160)..start].IndexOf("arn:"u8) >= 0;

    private static void Report(in Site site, Connector connector, int end)
    {
        ReadOnlySpan<byte> text = site.Text;
        ReadOnlySpan<byte> value = text[connector.Value..end];
        bool random = Shape.LooksRandom(value);
        int wrapped = random && !connector.Quote.IsSome ? LineWrap.Extend(text, connector.Value, end, s_token) : end;
        site.Report(connector.Value, wrapped);
        if (random && value.Length >= 12)
        {
            Echo(site, connector.Value, end, wrapped);
        }
    }

    /// <summary>The same value once more nearby, where no name gives it away.</summary>
    private static void Echo(in Site site, int start, int end, int from)
    {
        ReadOnlySpan<byte> value = site.Text[start..end];
        int limit = Math.Min(site.Text.Length, from + EchoReach);
        while (from < limit)
        {
            int next = site.Text[from..limit].IndexOf(value);
            if (next < 0)
            {
                return;
            }

            site.Report(from + next, from + next + value.Length);
            from += next + value.Length;
        }
    }

    private static int ValueEnd(ReadOnlySpan<byte> text, int nameStart, Connector connector)
    {
        if (connector.Quote.IsSome)
        {
            return connector.Quote.Close(text, connector.Value, MaxValue);
        }

        int limit = Math.Min(text.Length, connector.Value + MaxValue);
        bool wholeLine = connector.Kind is ConnectorKind.Equal && Connector.IsLineStart(text, nameStart);
        int i = connector.Value;
        while (i < limit)
        {
            int join = text[i] == '\\' ? LineJoin(text[i..]) : 0;
            if (join > 0 && i > connector.Value)
            {
                i += join;
                continue;
            }

            bool ends = wholeLine ? EndsLineValue(text, i) : EndsValue(text, i, connector);
            int behind = ends && text[i] == 0x1b ? BehindColours(text, i) : i;
            if (ends && (behind == i || behind >= limit || !s_token[text[behind]]))
            {
                break;
            }

            i = ends ? behind : i + 1;
        }

        // A parenthesis that closes nothing here belongs to what stands around.
        ReadOnlySpan<byte> value = text[connector.Value..i];
        int end = connector.Value + value.TrimEnd(!wholeLine ? ".,;:!?"u8 : value.Contains((byte)'(') ? ""u8 : ")"u8).Length;
        return wholeLine ? end : LineEnd(text, nameStart, connector, end);
    }

    /// <summary>End of a value that is alone with its name on a line and has the signs in it that end others; else what was found.</summary>
    private static int LineEnd(ReadOnlySpan<byte> text, int nameStart, Connector connector, int end)
    {
        if (connector.Kind != ConnectorKind.Colon || !connector.Spaced || end >= text.Length || text[end] <= ' ' || !Connector.IsLineStart(text, nameStart))
        {
            return end;
        }

        ReadOnlySpan<byte> rest = text[connector.Value..Math.Min(text.Length, connector.Value + 256)];
        int blank = rest.IndexOfAnyInRange((byte)0, (byte)' ');
        ReadOnlySpan<byte> whole = blank < 0 ? rest : rest[..blank];
        bool alone = blank < 0 || rest[blank] is (byte)'\n' or (byte)'\r';
        return alone && connector.Value + whole.TrimEnd(",;)]}"u8).Length > end && Shape.LooksGenerated(whole) ? connector.Value + whole.Length : end;
    }

    /// <summary>Behind the terminal sequences at a place: what was searched for may stand in another colour in the middle of a value.</summary>
    private static int BehindColours(ReadOnlySpan<byte> text, int at)
    {
        int length;
        while (at < text.Length && (length = Escapes.ColourLength(text, at)) > 0)
        {
            at += length;
        }

        return at;
    }

    /// <summary>The value as it is meant: without terminal sequences, its lines joined.</summary>
    private static ReadOnlySpan<byte> OfOnePiece(ReadOnlySpan<byte> value, Span<byte> plain)
    {
        int length = 0;
        for (int i = 0; i < value.Length;)
        {
            int left = Math.Max(Escapes.ColourLength(value, i), LineJoin(value[i..]));
            if (left == 0)
            {
                plain[length++] = value[i];
            }

            i += Math.Max(left, 1);
        }

        return plain[..length];
    }

    /// <summary>Length of a backslash, a line end and the indent of the next line; 0 for none.</summary>
    private static int LineJoin(ReadOnlySpan<byte> text)
    {
        int end = text.StartsWith("\\\n"u8) ? 2 : text.StartsWith("\\\r\n"u8) ? 3 : 0;
        return end == 0 ? 0 : text.Length - text[end..].TrimStart(" \t"u8).Length;
    }

    /// <summary>A value that fills its line ends at white space; a separator with a further name behind it ends it too.</summary>
    private static bool EndsLineValue(ReadOnlySpan<byte> text, int i)
    {
        byte c = text[i];
        if (c is (byte)';' or (byte)'&' or (byte)',')
        {
            int name = s_name.Run(text, i + 1, 64);
            return i + 1 + name >= text.Length || (name > 0 && text[i + 1 + name] == '=') || text[i + 1] <= ' ';
        }

        return c <= ' ' || (c == '\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'r' or (byte)'"');
    }

    private static bool EndsValue(ReadOnlySpan<byte> text, int i, Connector connector)
    {
        byte c = text[i];
        if (connector.Kind == ConnectorKind.Element && c is not (byte)'<' and > (byte)' ')
        {
            // Only the next tag ends what stands between tags.
            return false;
        }

        if (c <= ' ' || c == 0x1b || "\"'`,;&<>)]}|"u8.Contains(c))
        {
            return true;
        }

        if (c == '%' && connector.Kind == ConnectorKind.PercentEqual)
        {
            return Escapes.HexPair(text, i + 1) is '&' or '"' or ' ' or '#';
        }

        return c == '\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'"' or (byte)'\'' or (byte)'\\' or (byte)'u';
    }
}
