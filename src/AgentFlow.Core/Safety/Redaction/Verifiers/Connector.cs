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

    public static Connector Read(ReadOnlySpan<byte> text, int nameStart, int nameEnd)
    {
        int i = SkipColour(text, nameEnd);
        Quote nameQuote = Quote.At(text, i);
        i += nameQuote.Length;
        while (i < text.Length && text[i] is (byte)']' or (byte)'*' && i - nameEnd < 16)
        {
            i++;
        }

        i = ValueOpening.SkipDefault(text, SkipSpace(text, i));
        if (i >= text.Length)
        {
            return default;
        }

        if (PairedValue.After(text, nameStart, i) is > 0 and int paired)
        {
            Quote opening = Quote.At(text, paired);
            return new(ConnectorKind.Equal, paired + opening.Length, opening, nameQuote.IsSome, true);
        }

        (ConnectorKind kind, int length) = NameOperator.At(text, i, nameStart, nameEnd, nameQuote.IsSome);
        if (kind == ConnectorKind.None)
        {
            return default;
        }

        int operatorEnd = i + length;
        int value = SkipColour(text, SkipSpace(text, SkipColour(text, operatorEnd)));
        bool spaced = value > operatorEnd;
        int block = kind == ConnectorKind.Colon ? ValueOpening.BlockMark(text, value) : 0;
        if (value + block < text.Length && text[value + block] is (byte)'\r' or (byte)'\n' && kind is ConnectorKind.Colon or ConnectorKind.Equal)
        {
            value = ValueOpening.NextLine(text, nameStart, value + block);
        }

        if (value < text.Length && text[value] == '{' && kind is ConnectorKind.Colon or ConnectorKind.Equal && PairedValue.Inside(text, value) is > 0 and int held)
        {
            Quote opening = Quote.At(text, held);
            return new(kind, held + opening.Length, opening, nameQuote.IsSome, spaced);
        }

        value = ValueOpening.SkipWrappers(text, kind == ConnectorKind.Colon ? ValueOpening.SkipType(text, value) : value);

        // Go prints a header as Name:[value].
        value += kind == ConnectorKind.Colon && !spaced && value < text.Length && text[value] == '[' && !text[value..].StartsWith(Placeholder.Start) ? 1 : 0;
        Quote quote = kind == ConnectorKind.Equal && !spaced && ValueOpening.IsBraced(text, nameStart, value) ? Quote.Brace : Quote.At(text, value);
        if (!quote.IsSome && text[i..].StartsWith("=="u8))
        {
            // A comparison with another name.
            return default;
        }

        int argument = quote.IsSome || kind is not (ConnectorKind.Equal or ConnectorKind.Colon) ? 0 : ValueOpening.CallLength(text, value);
        if (argument > 0)
        {
            quote = Quote.At(text, value + argument);
            return new(ConnectorKind.Argument, value + argument + quote.Length, quote, nameQuote.IsSome, spaced);
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

    /// <summary>Behind blanks and tabs, within reason.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i < text.Length && i - at < MaxSpace && text[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        return i;
    }

    /// <summary>Behind terminal sequences.</summary>
    public static int SkipColour(ReadOnlySpan<byte> text, int at)
    {
        int length;
        while (at < text.Length && (length = Escapes.ColourLength(text, at)) > 0)
        {
            at += length;
        }

        return at;
    }
}
