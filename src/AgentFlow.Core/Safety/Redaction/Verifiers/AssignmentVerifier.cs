namespace AgentFlow.Safety.Redaction;

/// <summary>
/// <c>NAME=value</c>, <c>"name": "value"</c>, <c>name: value</c>, headers, query parameters, connection strings, command-line flags,
/// XML elements: a name that says secret, a connector, a value that is neither a stand-in nor a word. The sighting is a word in the name.
/// </summary>
internal static class AssignmentVerifier
{
    private const int EchoReach = 512;
    private const int Around = 256;

    private static readonly ByteSet s_name = new("A-Za-z0-9_.-");

    /// <summary>What a connector can begin with.</summary>
    private static readonly ByteSet s_behindName = new(" \t\r\n\u001b\"'`\\%&=:><-|,(]*;)!/");

    /// <summary>Of that, what stands behind many words and joins few of them to a value.</summary>
    private static readonly ByteSet s_rareBehindName = new(";)!/");

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
        start = start > 1 && text[start - 1] == '[' && text[start - 2] == 0x1b ? Math.Min(at, start - 2 + Escapes.ColourLength(text, start - 2)) : start;
        if (end < text.Length && s_rareBehindName[text[end]] && !IsRare(text, start, end))
        {
            if (text[end] == '/' && start > 0 && text[start - 1] == '/' && text[start..end] is var step && (step.EndsWith("password"u8) || step.SequenceEqual("password-reset"u8)))
            {
                LabelVerifier.VerifyLink(site, end);
            }

            return;
        }

        ReadOnlySpan<byte> name = text[start..end].TrimEnd(".-_"u8);
        NameKind kind = name.SequenceEqual("code"u8) && CodeKind(text, start, end) is { } code ? code : SecretNames.Classify(name);
        kind = kind == NameKind.Weak && OfTwoWords(text, start, end) ? NameKind.Secret : kind;
        if (kind == NameKind.None || Placeholder.EndsBefore(text, start) || (kind == NameKind.Weak && (text[..start].EndsWith("public "u8) || text[..start].EndsWith("Public "u8))))
        {
            return;
        }

        TableVerifier.VerifyHeading(site, start, end, name, kind);

        Connector connector = Connector.Read(text, start, end);
        bool inPath = start > 0 && ((connector.Kind == ConnectorKind.Colon && text[start - 1] == '/' && start > 1 && text[start - 2] != ' ') || text[..start].EndsWith("::"u8) || IsResourceName(text, start, connector));
        if (connector.Kind == ConnectorKind.None || inPath || (connector.Kind == ConnectorKind.Equal && !connector.Quote.IsSome && IsDeclared(text[..start])))
        {
            return;
        }

        if (kind == NameKind.Authorization)
        {
            AuthorizationVerifier.VerifyValue(site, connector.Value);
            return;
        }

        int valueEnd = Placeholder.EndOfFront(text, connector.Value, AssignedValue.End(text, start, connector));
        scoped ReadOnlySpan<byte> value = text[connector.Value..valueEnd];
        value = value.ContainsAny((byte)0x1b, (byte)'\n') ? AssignedValue.OfOnePiece(value, stackalloc byte[AssignedValue.MaxLength]) : value;
        int lineEnd = AssignedValue.LineEnd(text, start, connector, valueEnd);
        if (IsSharedAccess(value) || IsScope(value))
        {
            // What is secret in it has a name or a form of its own.
            return;
        }

        if (lineEnd > valueEnd && SecretJudge.IsSecret(kind, name, text[connector.Value..lineEnd], connector))
        {
            Report(site, connector, lineEnd);
        }
        else if (!value.IsEmpty && !IsNextName(text, valueEnd, connector) && (SecretJudge.IsSecret(kind, name, value, connector) || IsPhrase(text, start, name, kind, value, connector)))
        {
            Report(site, connector, valueEnd);
            VerifyChange(site, name, kind, connector, valueEnd);
        }
        else if (connector.Kind == ConnectorKind.Cell)
        {
            TableVerifier.VerifyRow(site, start, name, kind, connector.NextCell(text, valueEnd));
        }
    }

    /// <summary>The query of a shared access signature of Azure.</summary>
    private static bool IsSharedAccess(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> query = value.TrimStart((byte)'?');
        return query.IndexOf("&sig="u8) > 0 && query.IndexOf("sv="u8) >= 0 && ByteSet.Lower.Run(query, 0) is > 1 and < 5 and var name && query[name] == '=';
    }

    /// <summary>Behind these words of a program only a literal in quotes can be a secret.</summary>
    private static bool IsDeclared(ReadOnlySpan<byte> before) => before.EndsWith("const "u8) || before.EndsWith("let "u8) || before.EndsWith("var "u8);

    /// <summary><c>X-Amz-Credential</c>: the id of a key, day, region and service.</summary>
    private static bool IsScope(ReadOnlySpan<byte> value) => value.EndsWith("aws4_request"u8) && (value.Contains((byte)'/') || value.IndexOf("%2F"u8) > 0);

    /// <summary>The new value of a change: <c>secret = "…" -> "…"</c>.</summary>
    private static void VerifyChange(in Site site, ReadOnlySpan<byte> name, NameKind kind, Connector old, int end)
    {
        int arrow = end + old.Quote.Length;
        ReadOnlySpan<byte> text = site.Text;
        if (!old.Quote.IsSome || arrow >= text.Length || !text[arrow..].StartsWith(" -> "u8))
        {
            return;
        }

        Quote quote = Quote.At(text, arrow + 4);
        Connector changed = old with { Value = arrow + 4 + quote.Length, Quote = quote };
        int stop = quote.IsSome ? quote.Close(text, changed.Value, AssignedValue.MaxLength) : changed.Value;
        if (stop > changed.Value && SecretJudge.IsSecret(kind, name, text[changed.Value..stop], changed))
        {
            Report(site, changed, stop);
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

    /// <summary>Whether a sign behind the name may mean something: a comparison, a part of a path, the end of a list of columns.</summary>
    private static bool IsRare(ReadOnlySpan<byte> text, int start, int end) => text[end] switch
    {
        (byte)'!' => end + 1 < text.Length && text[end + 1] == '=',
        (byte)'/' => start > 0 && text[start - 1] == '/' && text[start..end].Contains((byte)'_'),
        _ => start == 0 || text[start - 1] is (byte)',' or (byte)';' or (byte)'(' or (byte)' ' or (byte)'\n' or (byte)'"' or (byte)'`' or (byte)'[',
    };

    /// <summary><c>encryption key = …</c>: the word before says which key it is.</summary>
    private static bool OfTwoWords(ReadOnlySpan<byte> text, int start, int end)
    {
        int before = start > 1 && text[start - 1] == ' ' ? ByteSet.Alnum.RunBack(text, start - 1, 16) : 0;
        return before > 0 && end - start == 3 && SecretNames.Classify(text[(start - 1 - before)..end]) == NameKind.Secret && !Shape.IsAll(text[(start - 1 - before)..(start - 1)], ByteSet.Upper);
    }

    /// <summary>A code is mostly a status; it buys tokens when the kind of the grant stands beside it, or the state it came back with.</summary>
    private static NameKind? CodeKind(ReadOnlySpan<byte> text, int start, int end)
    {
        ReadOnlySpan<byte> around = text[Math.Max(0, start - Around)..Math.Min(text.Length, start + Around)];
        bool quoted = Quote.At(text, end).IsSome;
        bool isParameter = start > 0 && text[start - 1] is (byte)'?' or (byte)'&';
        return quoted ? around.IndexOf("authorization_code"u8) >= 0 ? NameKind.Secret : NameKind.None
            : isParameter && (around.IndexOf("&state="u8) >= 0 || around.IndexOf("?state="u8) >= 0 || around.IndexOf("callback"u8) >= 0) ? NameKind.Secret : null;
    }

    /// <summary>Half of what JSON says of names of secrets is that there is none: told before the name is judged.</summary>
    private static bool IsNothing(ReadOnlySpan<byte> behindName) => behindName.StartsWith("\":null,"u8) || behindName.StartsWith("\": null,"u8) || behindName.StartsWith("\":null}"u8);

    /// <summary><c>"name":"verifyPassword","startTime":1</c>: what stands behind the comma is the name of the next member, no second argument.</summary>
    private static bool IsNextName(ReadOnlySpan<byte> text, int end, Connector connector) =>
        connector.Kind == ConnectorKind.Argument && connector.Quote.IsSome && end < text.Length
        && text[Math.Min(text.Length, end + connector.Quote.Length)..].TrimStart(" \t"u8).StartsWith(":"u8);

    /// <summary><c>arn:aws:secretsmanager:region:account:secret:name</c>: a name between colons.</summary>
    private static bool IsResourceName(ReadOnlySpan<byte> text, int start, Connector connector) =>
        connector.Kind == ConnectorKind.Colon && text[start - 1] == ':' && text[Math.Max(0, start - 160)..start].IndexOf("arn:"u8) >= 0;

    /// <summary>Reports the value, its lines and what repeats it nearby.</summary>
    public static void Report(in Site site, Connector connector, int end)
    {
        ReadOnlySpan<byte> text = site.Text;
        ReadOnlySpan<byte> value = text[connector.Value..end];
        bool random = Shape.LooksRandom(value);
        bool open = !connector.Quote.IsSome || (end < text.Length && text[end] is (byte)'\r' or (byte)'\n') || LineWrap.JoinLength(text, end) > 0;
        int wrapped = random && open ? LineWrap.Extend(text, connector.Value, end, s_token) : end;
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
}
