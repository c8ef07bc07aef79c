namespace AgentFlow.Safety.Redaction;

/// <summary>The character classes that a <see cref="TokenPattern"/> can name.</summary>
/// <param name="Bytes">The members.</param>
/// <param name="Base64Escapes">Whether <c>+ / =</c> may also stand percent-encoded or JSON-escaped.</param>
internal sealed record PatternSet(ByteSet Bytes, bool Base64Escapes)
{
    private static readonly Dictionary<string, PatternSet> s_named = new(StringComparer.Ordinal)
    {
        ["d"] = new(ByteSet.Digit, false),
        ["h"] = new(ByteSet.LowerHex, false),
        ["X"] = new(ByteSet.UpperHex, false),
        ["H"] = new(ByteSet.Hex, false),
        ["l"] = new(ByteSet.Lower, false),
        ["u"] = new(ByteSet.Upper, false),
        ["a"] = new(ByteSet.LowerAlnum, false),
        ["U"] = new(ByteSet.UpperAlnum, false),
        ["A"] = new(ByteSet.Alnum, false),
        ["s"] = new(ByteSet.Word, false),
        ["w"] = new(ByteSet.WordDash, false),
        ["v"] = new(ByteSet.WordDot, false),
        ["b"] = new(ByteSet.Base64, true),
        ["B"] = new(ByteSet.Base64, false),
        ["k"] = new(ByteSet.AnyBase64, true),
        ["2"] = new(ByteSet.Base32, false),
        ["c"] = new(new("A-Za-z0-9_~.-"), false),
        ["q"] = new(new("A-Za-z0-9+/_=*.~-"), false),
        ["t"] = new(new("A-Za-z0-9_=-"), false),
        ["y"] = new(new("A-Za-z0-9_=.~-"), false),
        ["r"] = new(new("A-Za-z0-9./"), false),
        ["p"] = new(ByteSet.Bech32, false),
        ["="] = new(ByteSet.Equal, true),
    };

    public static PatternSet Named(string letter) => s_named[letter];
}
