namespace AgentFlow.Safety.Redaction;

/// <summary>What joins a name to its value.</summary>
internal enum ConnectorKind
{
    None,
    Equal,
    Colon,
    PercentEqual,
    Element,
    Flag,
    Cell,
    Argument,
}

/// <summary>The part between a name and its value, in any of the notations that logs hold.</summary>
/// <param name="Kind">Which notation.</param>
/// <param name="Value">Where the value starts, behind its opening quote.</param>
/// <param name="Quote">The opening quote, if any.</param>
/// <param name="NameQuoted">Whether the name was quoted.</param>
/// <param name="Spaced">Whether white space stood behind the operator.</param>
internal readonly record struct Connector(ConnectorKind Kind, int Value, Quote Quote, bool NameQuoted, bool Spaced)
{
    private const int MaxSpace = 48;
    private const int MaxDefault = 40;

    public static Connector Read(ReadOnlySpan<byte> text, int nameStart, int nameEnd)
    {
        int i = SkipColour(text, nameEnd);
        Quote nameQuote = Quote.At(text, i);
        i += nameQuote.Length;
        while (i < text.Length && text[i] is (byte)']' or (byte)'*' && i - nameEnd < 16)
        {
            i++;
        }

        i = SkipDefault(text, SkipSpace(text, i));
        if (i >= text.Length)
        {
            return default;
        }

        if (PairedValue.After(text, nameStart, i) is > 0 and int paired)
        {
            Quote opening = Quote.At(text, paired);
            return new(ConnectorKind.Equal, paired + opening.Length, opening, nameQuote.IsSome, true);
        }

        (ConnectorKind kind, int length) = Operator(text, i, nameStart, nameEnd, nameQuote.IsSome);
        if (kind == ConnectorKind.None)
        {
            return default;
        }

        int operatorEnd = i + length;
        int value = SkipColour(text, SkipSpace(text, SkipColour(text, operatorEnd)));
        bool spaced = value > operatorEnd;
        int block = kind == ConnectorKind.Colon ? BlockMark(text, value) : 0;
        if (value + block < text.Length && text[value + block] is (byte)'\r' or (byte)'\n' && kind is ConnectorKind.Colon or ConnectorKind.Equal)
        {
            value = NextLine(text, nameStart, value + block);
        }

        if (value < text.Length && text[value] == '{' && kind is ConnectorKind.Colon or ConnectorKind.Equal && PairedValue.Inside(text, value) is > 0 and int held)
        {
            Quote opening = Quote.At(text, held);
            return new(kind, held + opening.Length, opening, nameQuote.IsSome, spaced);
        }

        value = SkipWrappers(text, kind == ConnectorKind.Colon ? SkipType(text, value) : value);
        Quote quote = kind == ConnectorKind.Equal && !spaced && IsBraced(text, nameStart, value) ? Quote.Brace : Quote.At(text, value);
        if (!quote.IsSome && text[i..].StartsWith("=="u8))
        {
            // A comparison with another name.
            return default;
        }

        return kind == ConnectorKind.Argument && !quote.IsSome
            ? default
            : new(kind, value + quote.Length, quote, nameQuote.IsSome, spaced);
    }

    /// <summary>The cell behind one that ends at <paramref name="end"/>; none at the end of the row.</summary>
    public Connector NextCell(ReadOnlySpan<byte> text, int end)
    {
        int i = SkipSpace(text, Math.Min(text.Length, end + Quote.Length));
        if (i >= text.Length || text[i] is not ((byte)',' or (byte)'|' or (byte)';'))
        {
            return default;
        }

        int value = SkipSpace(text, i + 1);
        Quote quote = Quote.At(text, value);
        return new(ConnectorKind.Cell, value + quote.Length, quote, NameQuoted, true);
    }

    /// <summary>Whether only an export keyword stands before the name on its line.</summary>
    public static bool IsLineStart(ReadOnlySpan<byte> text, int nameStart)
    {
        int line = text[..nameStart].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        ReadOnlySpan<byte> head = text[line..nameStart].Trim(" \t-+$"u8);
        return head.IsEmpty || head.SequenceEqual("export"u8) || head.SequenceEqual("set"u8) || head.SequenceEqual("ENV"u8) || head.SequenceEqual("ARG"u8)
            || head.SequenceEqual("env:"u8) || head.SequenceEqual("declare -x"u8) || head.SequenceEqual("e"u8);
    }

    /// <summary>Whether what stands before is a statement about a role or a user.</summary>
    public static bool IsStatement(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> before = text[Math.Max(0, at - 160)..at];
        before = before[(before.LastIndexOf((byte)';') + 1)..];
        return before.IndexOf("ROLE "u8) >= 0 || before.IndexOf("USER "u8) >= 0 || before.IndexOf("role "u8) >= 0 || before.IndexOf("user "u8) >= 0;
    }

    private static (ConnectorKind Kind, int Length) Operator(ReadOnlySpan<byte> text, int at, int nameStart, int nameEnd, bool nameQuoted)
    {
        ReadOnlySpan<byte> rest = text[at..];
        byte c = rest[0];
        switch (c)
        {
            case (byte)'=':
                return (ConnectorKind.Equal, rest.StartsWith("=3D"u8) ? 3 : RunOf(rest, "=>"u8));
            case (byte)':':
                return (ConnectorKind.Colon, rest.StartsWith(":="u8) || rest.StartsWith("::"u8) || rest.StartsWith(":-"u8) ? 2 : 1);
            case (byte)'!' when Quote.At(text, SkipSpace(text, at + RunOf(rest, "!="u8))).IsSome:
                return (ConnectorKind.Cell, RunOf(rest, "!="u8));
            case (byte)'?' or (byte)'|' or (byte)')' when FallbackLength(rest, nameQuoted) is > 0 and int fallback:
                return (ConnectorKind.Equal, fallback);
            case (byte)'%' when Escapes.HexPair(text, at + 1) is '=' or ':':
                return (ConnectorKind.PercentEqual, 3);
            case (byte)'\\' when rest.StartsWith("\\u003d"u8) || rest.StartsWith("\\u003D"u8):
                return (ConnectorKind.Equal, 6);
            case (byte)'>' when nameQuoted || (nameStart > 0 && text[nameStart - 1] == '<'):
                return (ConnectorKind.Element, 1);
            case (byte)'v' or (byte)'V' or (byte)'c' when nameQuoted && AttributeLength(rest) is > 0 and var attribute:
                return (ConnectorKind.Equal, attribute);
            case (byte)'<' when rest.StartsWith("</key>"u8) || rest.StartsWith("</name>"u8):
                return (ConnectorKind.Element, rest.StartsWith("</key>"u8) ? 6 : 7);
            case (byte)'T' or (byte)'t' when rest.StartsWith("TO '"u8) || rest.StartsWith("to '"u8) || (nameQuoted && (rest.StartsWith("to `"u8) || rest.StartsWith("to \""u8))):
                return (ConnectorKind.Equal, 3);
            case 0xE2 when rest.StartsWith("→"u8) || rest.StartsWith("⇒"u8):
                return (ConnectorKind.Equal, 3);
            case (byte)'\r' or (byte)'\n' when nameQuoted && (rest.StartsWith("\r\n\r\n"u8) || rest.StartsWith("\n\n"u8)) && IsFormPart(text, nameStart):
                return (ConnectorKind.Equal, c == '\r' ? 4 : 2);
            case (byte)'-' when rest.StartsWith("->"u8):
                return (ConnectorKind.Equal, 2);
            case (byte)'|':
                return (ConnectorKind.Cell, 1);
            case (byte)',' when !nameQuoted && at == nameEnd && StartsLine(text, nameStart) && rest.Length > 1 && rest[1] > ' ':
                return (ConnectorKind.Cell, 1);
            case (byte)',' or (byte)'(' when nameQuoted || c == '(':
                return (ConnectorKind.Argument, 1);
            default:
                return IsColumn(text, nameStart, nameEnd, at) ? (ConnectorKind.Cell, 0) : at > nameEnd && !nameQuoted ? Blank(text, nameStart, nameEnd, at) : default;
        }
    }

    /// <summary>A name and a value with only blanks between them: the attributes of a tag, a flag, or a word of a statement.</summary>
    private static (ConnectorKind Kind, int Length) Blank(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at)
    {
        if (TagEnd(text, nameStart, at) is > 0 and int tag)
        {
            return (ConnectorKind.Element, tag - at);
        }

        if (IsNameOfVariable(text[nameStart..nameEnd]) && at == nameEnd + 1 && Quote.At(text, at).IsSome)
        {
            return (ConnectorKind.Cell, 0);
        }

        return IsFlag(text, nameStart) || (Quote.At(text, at) is { IsSome: true, Character: (byte)'\'' } && IsStatement(text, nameStart)) ? (ConnectorKind.Flag, 0) : default;
    }

    /// <summary>A name that no sentence has: <c>HEROKU_API_KEY "…"</c>, <c>X-Internal-Secret "…"</c>.</summary>
    private static bool IsNameOfVariable(ReadOnlySpan<byte> name) => name.Contains((byte)'_') || (name.Contains((byte)'-') && name[0] != '-');

    /// <summary>Whether the name fills the first column of a line, and a tab or two blanks stand behind it.</summary>
    private static bool IsColumn(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at) =>
        at > nameEnd && (at - nameEnd > 1 || text[nameEnd] == '\t') && text[nameEnd..at].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0
        && StartsLine(text, nameStart);

    private static bool StartsLine(ReadOnlySpan<byte> text, int at) => at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r';

    /// <summary>What stands between a variable and the value that serves without it: <c>?? "…"</c>, <c>|| "…"</c>, <c>) { "…" }</c>; 0 for none.</summary>
    private static int FallbackLength(ReadOnlySpan<byte> rest, bool nameQuoted)
    {
        int mark = rest.StartsWith("?? "u8) || rest.StartsWith("|| "u8) ? 3 : nameQuoted && rest.StartsWith(") { "u8) ? 4 : nameQuoted && rest.StartsWith(") || "u8) ? 5 : 0;
        return mark > 0 && Quote.At(rest, mark).IsSome ? mark : 0;
    }

    /// <summary>Behind the type of a variable (<c>password: string = "…"</c>).</summary>
    private static int SkipType(ReadOnlySpan<byte> text, int at)
    {
        int type = ByteSet.Word.Run(text, at, 24);
        int equal = SkipSpace(text, at + type);
        if (type == 0 || equal >= text.Length || text[equal] != '=')
        {
            return at;
        }

        int value = SkipSpace(text, equal + 1);
        return Quote.At(text, value).IsSome ? value : at;
    }

    /// <summary>Whether a value stands in braces as ODBC has it: <c>SERVER=…;PWD={…}</c>.</summary>
    private static bool IsBraced(ReadOnlySpan<byte> text, int nameStart, int value)
    {
        if (value >= text.Length || text[value] != '{' || nameStart == 0 || text[nameStart - 1] != ';')
        {
            return false;
        }

        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 256)..nameStart];
        return before.IndexOf("UID="u8) >= 0 || before.IndexOf("SERVER="u8) >= 0 || before.IndexOf("Server="u8) >= 0 || before.IndexOf("Uid="u8) >= 0;
    }

    /// <summary>Behind the default that a prompt shows: <c>Secret Access Key [None]: …</c>.</summary>
    private static int SkipDefault(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != '[' || text[at..].StartsWith(Placeholder.Start))
        {
            return at;
        }

        int close = text[at..Math.Min(text.Length, at + MaxDefault)].IndexOf((byte)']');
        return close > 0 && text[(at + close)..].StartsWith("]:"u8) ? at + close + 1 : at;
    }

    /// <summary>Behind the attributes of <c>&lt;ns:Password Type="…"&gt;</c>; 0 when it is no start tag.</summary>
    private static int TagEnd(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        int open = nameStart - 1;
        open -= open > 0 && text[open] == ':' ? ByteSet.Word.RunBack(text, open, 24) + 1 : 0;
        if (open < 0 || text[open] != '<')
        {
            return 0;
        }

        int end = text[at..Math.Min(text.Length, at + 256)].IndexOfAny((byte)'>', (byte)'<', (byte)'\n');
        return end > 0 && text[at + end] == '>' && text[at + end - 1] != '/' ? at + end + 1 : 0;
    }

    private static bool IsFormPart(ReadOnlySpan<byte> text, int nameStart) => text[Math.Max(0, nameStart - 40)..nameStart].IndexOf("form-data"u8) >= 0;

    /// <summary><c>name="password" value="…"</c> and <c>name="csrf-token" content="…"</c>.</summary>
    private static int AttributeLength(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("value="u8) || rest.StartsWith("Value="u8) ? 6 : rest.StartsWith("content="u8) ? 8 : 0;

    private static int RunOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> members)
    {
        int i = 0;
        while (i < text.Length && i < 3 && members.Contains(text[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary><c>--token</c>, <c>-Password</c>, and the lines of .netrc and redis.conf.</summary>
    private static bool IsFlag(ReadOnlySpan<byte> text, int nameStart)
    {
        if (nameStart < text.Length && text[nameStart] == '-')
        {
            return nameStart == 0 || text[nameStart - 1] is <= (byte)' ' or (byte)'"' or (byte)'\'';
        }

        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 128)..nameStart];
        return (before.LastIndexOf("login "u8) >= 0 && before[^1] <= ' ') || before.EndsWith("ENV "u8) || before.EndsWith("setx "u8) || before.EndsWith("setenv "u8) || text[nameStart..].StartsWith("requirepass "u8) || text[nameStart..].StartsWith("masterauth "u8)
            || text[nameStart..].StartsWith("bindpw "u8) || text[nameStart..].StartsWith("PSK \""u8);
    }

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i < text.Length && i - at < MaxSpace && text[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        return i;
    }

    private static int SkipColour(ReadOnlySpan<byte> text, int at)
    {
        int length;
        while (at < text.Length && (length = Escapes.ColourLength(text, at)) > 0)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Length of the mark of a YAML block (<c>|</c>, <c>&gt;-</c>).</summary>
    private static int BlockMark(ReadOnlySpan<byte> text, int at) =>
        at + 1 < text.Length && text[at] is (byte)'|' or (byte)'>' ? text[at + 1] is (byte)'-' or (byte)'+' ? 2 : 1 : 0;

    /// <summary>A value on the next line, when it is indented deeper than its name.</summary>
    private static int NextLine(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        int i = at;
        i += text[i] == '\r' ? 1 : 0;
        i += i < text.Length && text[i] == '\n' ? 1 : 0;
        int indent = i;
        int value = SkipSpace(text, i);
        int line = text[..nameStart].LastIndexOf((byte)'\n') + 1;
        return value - indent > nameStart - line || text[value..].StartsWith("string("u8) ? value : at;
    }

    /// <summary>Block marks, byte-string marks, constructor and array openings in front of a value.</summary>
    private static int SkipWrappers(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[at..];
        foreach (string wrapper in s_wrappers)
        {
            if (rest.Length > wrapper.Length && StartsWith(rest, wrapper))
            {
                int behind = at + wrapper.Length;
                return wrapper[^1] == '(' ? SkipToQuote(text, behind) : Quote.At(text, behind - 1).IsSome ? behind - 1 : behind;
            }
        }

        int digits = rest.StartsWith("string("u8) ? ByteSet.Digit.Run(rest, 7, 6) : 0;
        return digits > 0 && rest[(7 + digits)..].StartsWith(") \""u8) ? at + 9 + digits : at;
    }

    /// <summary>An argument may stand on the next line, in quotes.</summary>
    private static int SkipToQuote(ReadOnlySpan<byte> text, int at)
    {
        int blank = text[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return blank is > 0 and < MaxSpace && Quote.At(text, at + blank).IsSome ? at + blank : at;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, string head)
    {
        for (int i = 0; i < head.Length; i++)
        {
            if (text[i] != head[i])
            {
                return false;
            }
        }

        return true;
    }

    private static readonly string[] s_wrappers =
        ["<string>", "<value>", "<![CDATA[", "!!str ", "!!binary ", "ConvertTo-SecureString -String ", "ConvertTo-SecureString ", "SecureString(", "Some(", "Ok(", "Secret(", "String(", "base64:", "b'", "b\"", "N'", "[\"", "['", "{\"", "@\"", "$'"];
}
