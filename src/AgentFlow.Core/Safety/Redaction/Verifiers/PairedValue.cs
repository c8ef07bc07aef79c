namespace AgentFlow.Safety.Redaction;

/// <summary>
/// A name and a value as two members of one object: <c>{"key":"API_KEY","type":"plain","value":"…"}</c>, <c>- name: API_KEY</c> with
/// <c>value: …</c> below it.
/// </summary>
internal static class PairedValue
{
    private const int Reach = 256;
    private const int MaxLines = 3;

    private static readonly ByteSet s_path = new("A-Za-z0-9_./-");
    private static readonly ByteSet s_blank = new(" \t\r\n");

    /// <summary>Start of the value, its quote included, of a pair whose name ended before <paramref name="at"/>; 0 when there is none.</summary>
    public static int After(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        if (text[at] == '{')
        {
            return text[..nameStart].EndsWith("variable \""u8) ? DefaultOf(text, at) : 0;
        }

        if (text[at] is not ((byte)',' or (byte)'\r' or (byte)'\n') || !IsNamed(text, nameStart))
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = text[at..Math.Min(text.Length, at + Reach)];
        int end = rest.IndexOfAny((byte)'{', (byte)'}');
        rest = end < 0 ? rest : rest[..end];
        for (int from = 0; ; from += 4)
        {
            int found = rest[from..].IndexOf("alue"u8);
            if (found < 0)
            {
                return 0;
            }

            from += found;
            int value = from == 0 || (rest[from - 1] | 0x20) != 'v' ? 0 : BehindOperator(text, at + from + 4);
            bool ownLine = text[at] != ',' && IsOther(rest[..from]);
            if (value > 0)
            {
                return ownLine ? 0 : value < text.Length && text[value] == '{' ? OfType(text, value) : value;
            }
        }
    }

    /// <summary>Whether the lines between a name and a value name something else, or are too many to belong together.</summary>
    private static bool IsOther(ReadOnlySpan<byte> between) =>
        between.Count((byte)'\n') is 0 or > MaxLines || between.IndexOf("\n\n"u8) >= 0 || between.IndexOf("ame"u8) >= 0 || between.IndexOf("key"u8) >= 0 || between.IndexOf("Key"u8) >= 0 || between.IndexOf("- "u8) >= 0;

    /// <summary><c>"value": {"stringValue": "…"}</c> of OpenTelemetry, <c>{"S": "…"}</c> of DynamoDB.</summary>
    private static int OfType(ReadOnlySpan<byte> text, int at)
    {
        int name = at + 1 + s_blank.Run(text, at + 1, 16);
        Quote quote = Quote.At(text, name);
        int end = name + quote.Length + ByteSet.Word.Run(text, name + quote.Length, 24);
        return quote.IsSome && text[(name + quote.Length)..end] is var type && (type.SequenceEqual("stringValue"u8) || type.SequenceEqual("S"u8)) ? BehindOperator(text, end) : 0;
    }

    /// <summary><c>"db_token": {"value": "…", "sensitive": true}</c>: start of the value in the object that opens at <paramref name="at"/>; 0 for none.</summary>
    public static int Inside(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text[(at + 1)..Math.Min(text.Length, at + Reach)];
        int end = rest.IndexOfAny((byte)'{', (byte)'}');
        rest = end < 0 ? rest : rest[..end];
        int found = rest.IndexOf("value"u8);
        bool quoted = found > 0 && rest[found - 1] is (byte)'"' or (byte)'\'';
        return quoted ? BehindOperator(text, at + 1 + found + "value"u8.Length) : 0;
    }

    /// <summary>The default of <c>variable "db_password" { default = "…" }</c> of Terraform.</summary>
    private static int DefaultOf(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> block = text[at..Math.Min(text.Length, at + Reach)];
        int end = block.IndexOf((byte)'}');
        int found = (end < 0 ? block : block[..end]).IndexOf("default"u8);
        return found < 0 ? 0 : BehindOperator(text, at + found + "default"u8.Length);
    }

    /// <summary>Whether the word in front says that what follows is a name.</summary>
    private static bool IsNamed(ReadOnlySpan<byte> text, int nameStart)
    {
        // A parameter's name may have a path: "/prod/api/DB_PASSWORD".
        nameStart -= nameStart > 0 && text[nameStart - 1] == '/' ? s_path.RunBack(text, nameStart, 128) : 0;
        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 24)..nameStart].TrimEnd(" \t\"'\\"u8);
        if (before.IsEmpty || before[^1] is not ((byte)':' or (byte)'='))
        {
            return false;
        }

        before = before[..^1].TrimEnd(" \t\"'\\"u8);
        return before.EndsWith("name"u8) || before.EndsWith("key"u8) || before.EndsWith("Name"u8) || before.EndsWith("Key"u8);
    }

    private static int BehindOperator(ReadOnlySpan<byte> text, int at)
    {
        int i = at + Quote.At(text, at).Length;
        i += s_blank.Run(text, i, 16);
        if (i >= text.Length || text[i] is not ((byte)':' or (byte)'='))
        {
            return 0;
        }

        i++;
        return i + s_blank.Run(text, i, 16);
    }
}
