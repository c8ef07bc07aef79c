namespace AgentFlow.Safety.Redaction;

/// <summary>Judges whether a text looks like a secret value or like a stand-in, a word, an identifier.</summary>
internal static class Shape
{
    /// <summary>A documented example or a stand-in: <c>…EXAMPLE</c>, <c>xxxxxxxx</c>, almost no variety.</summary>
    public static bool IsDummy(ReadOnlySpan<byte> value)
    {
        if (value.EndsWith("EXAMPLE"u8) || value.EndsWith("EXAMPLEKEY"u8))
        {
            return true;
        }

        return value.Length >= 16 && LongestRepeat(value) * 2 >= value.Length;
    }

    /// <summary>Length of the longest run of one character.</summary>
    public static int LongestRepeat(ReadOnlySpan<byte> value)
    {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < value.Length; i++)
        {
            run = i > 0 && value[i] == value[i - 1] ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
