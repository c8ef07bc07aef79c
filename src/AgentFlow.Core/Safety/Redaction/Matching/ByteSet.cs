namespace AgentFlow.Safety.Redaction;

/// <summary>A set of bytes as a lookup table; written like a character class, for example <c>A-Za-z0-9_-</c>.</summary>
internal sealed class ByteSet
{
    private readonly bool[] _members = new bool[256];

    public ByteSet(string spec)
    {
        for (int i = 0; i < spec.Length; i++)
        {
            if (i + 2 < spec.Length && spec[i + 1] == '-')
            {
                for (int c = spec[i]; c <= spec[i + 2]; c++)
                {
                    _members[c] = true;
                }

                i += 2;
            }
            else
            {
                _members[spec[i]] = true;
            }
        }
    }

    public static ByteSet Digit { get; } = new("0-9");

    public static ByteSet LowerHex { get; } = new("0-9a-f");

    public static ByteSet UpperHex { get; } = new("0-9A-F");

    public static ByteSet Hex { get; } = new("0-9A-Fa-f");

    public static ByteSet Lower { get; } = new("a-z");

    public static ByteSet Upper { get; } = new("A-Z");

    public static ByteSet LowerAlnum { get; } = new("a-z0-9");

    public static ByteSet UpperAlnum { get; } = new("A-Z0-9");

    public static ByteSet Alnum { get; } = new("A-Za-z0-9");

    public static ByteSet Word { get; } = new("A-Za-z0-9_");

    public static ByteSet WordDash { get; } = new("A-Za-z0-9_-");

    public static ByteSet WordDot { get; } = new("A-Za-z0-9_.-");

    public static ByteSet Base64 { get; } = new("A-Za-z0-9+/");

    public static ByteSet AnyBase64 { get; } = new("A-Za-z0-9+/_-");

    public static ByteSet Base32 { get; } = new("A-Z2-7");

    public static ByteSet Bech32 { get; } = new("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");

    public static ByteSet Equal { get; } = new("=");

    public bool this[byte value] => _members[value];

    /// <summary>Number of members from <paramref name="from"/> on, at most <paramref name="max"/>.</summary>
    public int Run(ReadOnlySpan<byte> text, int from, int max = int.MaxValue)
    {
        int end = (int)Math.Min(text.Length, (long)from + max);
        int i = from;
        while (i < end && _members[text[i]])
        {
            i++;
        }

        return i - from;
    }

    /// <summary>Number of members that end right before <paramref name="end"/>.</summary>
    public int RunBack(ReadOnlySpan<byte> text, int end, int max = int.MaxValue)
    {
        int i = end;
        int stop = (int)Math.Max(0, (long)end - max);
        while (i > stop && _members[text[i - 1]])
        {
            i--;
        }

        return end - i;
    }

    /// <summary>The members in byte order; the example builders draw from them.</summary>
    public byte[] Members() => [.. Enumerable.Range(0, 256).Where(i => _members[i]).Select(i => (byte)i)];
}
