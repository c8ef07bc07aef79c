namespace AgentFlow.Safety.Redaction;

/// <summary>What may stand between an operator and the value proper: types, marks of blocks, constructors, line ends.</summary>
internal static class ValueOpening
{
    private const int MaxSpace = 48;
    private const int MaxDefault = 40;

    private static readonly ByteSet s_called = new("A-Za-z0-9_.:");

    private static readonly string[] s_wrappers =
        ["<string>", "<value>", "<![CDATA[", "!!str ", "!!binary ", "ConvertTo-SecureString -String ", "ConvertTo-SecureString ", "SecureString(", "Some(", "Ok(", "Secret(", "String(", "base64:", "b'", "b\"", "N'", "[\"", "['", "{\"", "@\"", "$'"];

    /// <summary>Behind the default that a prompt shows: <c>Secret Access Key [None]: …</c>.</summary>
    public static int SkipDefault(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != '[' || text[at..].StartsWith(Placeholder.Start))
        {
            return at;
        }

        int close = text[at..Math.Min(text.Length, at + MaxDefault)].IndexOf((byte)']');
        return close > 0 && text[(at + close)..].StartsWith("]:"u8) ? at + close + 1 : at;
    }

    /// <summary>Behind the type of a variable (<c>password: string = "…"</c>).</summary>
    public static int SkipType(ReadOnlySpan<byte> text, int at)
    {
        int type = ByteSet.Word.Run(text, at, 24);
        int equal = Connector.SkipSpace(text, at + type);
        if (type == 0 || equal >= text.Length || text[equal] != '=')
        {
            return at;
        }

        int value = Connector.SkipSpace(text, equal + 1);
        return Quote.At(text, value).IsSome ? value : at;
    }

    /// <summary>Whether a value stands in braces as ODBC has it: <c>SERVER=…;PWD={…}</c>.</summary>
    public static bool IsBraced(ReadOnlySpan<byte> text, int nameStart, int value)
    {
        if (value >= text.Length || text[value] != '{' || nameStart == 0 || text[nameStart - 1] != ';')
        {
            return false;
        }

        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 256)..nameStart];
        return before.IndexOf("UID="u8) >= 0 || before.IndexOf("SERVER="u8) >= 0 || before.IndexOf("Server="u8) >= 0 || before.IndexOf("Uid="u8) >= 0;
    }

    /// <summary>Length of the mark of a YAML block (<c>|</c>, <c>&gt;-</c>).</summary>
    public static int BlockMark(ReadOnlySpan<byte> text, int at) =>
        at + 1 < text.Length && text[at] is (byte)'|' or (byte)'>' ? text[at + 1] is (byte)'-' or (byte)'+' ? 2 : 1 : 0;

    /// <summary>A value on the next line, when it is indented deeper than its name.</summary>
    public static int NextLine(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        int i = at;
        i += text[i] == '\r' ? 1 : 0;
        i += i < text.Length && text[i] == '\n' ? 1 : 0;
        int indent = i;
        int value = Connector.SkipSpace(text, i);
        int line = text[..nameStart].LastIndexOf((byte)'\n') + 1;
        return value - indent > nameStart - line || text[value..].StartsWith("string("u8) ? value : at;
    }

    /// <summary>Block marks, byte-string marks, constructor and array openings in front of a value.</summary>
    public static int SkipWrappers(ReadOnlySpan<byte> text, int at)
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

    /// <summary>Length of a call up to the quote of its first argument (<c>Buffer.from('…', 'hex')</c>); 0 for none.</summary>
    public static int CallLength(ReadOnlySpan<byte> text, int at)
    {
        int i = at + (text[at..].StartsWith("new "u8) ? 4 : 0);
        while (i < text.Length && i - at < MaxDefault)
        {
            int name = s_called.Run(text, i, MaxDefault);
            i += name;
            if (name == 0 || i >= text.Length || text[i] != '(')
            {
                return 0;
            }

            i++;
            if (Quote.At(text, i).IsSome)
            {
                return i - at;
            }

            // TextEncoder().encode('…')
            i += i < text.Length && text[i] == ')' ? 1 : 0;
        }

        return 0;
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
}
