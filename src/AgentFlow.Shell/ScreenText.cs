using System.Globalization;
using System.Text;

namespace AgentFlow.Shell;

/// <summary>How many columns text takes on a screen.</summary>
internal static class ScreenText
{
    /// <summary>Columns of the text from <paramref name="offset"/> on; escape sequences and combining marks take none.</summary>
    public static int Width(string text, int offset = 0)
    {
        int width = 0;
        for (int i = offset; i < text.Length;)
        {
            if (text[i] == '\x1b')
            {
                i += EscapeLength(text, i);
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int consumed);
            width += Width(rune);
            i += consumed;
        }

        return width;
    }

    /// <summary>Columns of one character: 0, 1, or 2 for East Asian wide forms and emoji.</summary>
    public static int Width(Rune rune)
    {
        int value = rune.Value;
        if (value < 0x300)
        {
            return value is < 0x20 or (>= 0x7f and < 0xa0) ? 0 : 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        return IsWide(value) ? 2 : 1;
    }

    /// <summary>The text's head that fits into the given number of columns; plain text only.</summary>
    public static string Fit(string text, int columns)
    {
        int width = 0;
        int end = 0;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out Rune rune, out int consumed);
            int next = width + Width(rune);
            if (next > columns)
            {
                return columns > 0 && end > 0 ? string.Concat(text.AsSpan(0, end - 1), "…") : string.Empty;
            }

            width = next;
            end += consumed;
        }

        return text;
    }

    // The blocks that Unicode's EastAsianWidth.txt gives as W or F, joined to ranges.
    private static bool IsWide(int value) =>
        value is (>= 0x1100 and <= 0x115f) or (>= 0x231a and <= 0x231b) or (>= 0x23e9 and <= 0x23ec) or (>= 0x2e80 and <= 0x303e)
            or (>= 0x3041 and <= 0xa4cf) or (>= 0xa960 and <= 0xa97f) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1f64f)
            or (>= 0x1f680 and <= 0x1f6ff) or (>= 0x1f900 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd);

    // CSI sequences end with a letter-like byte, OSC sequences with BEL or ST; anything else is two characters long.
    private static int EscapeLength(string text, int start)
    {
        int i = start + 1;
        if (i >= text.Length)
        {
            return 1;
        }

        switch (text[i])
        {
            case '[':
                for (i++; i < text.Length && text[i] is < '@' or > '~'; i++)
                {
                }

                return Math.Min(i + 1, text.Length) - start;
            case ']':
                for (i++; i < text.Length; i++)
                {
                    if (text[i] == '\a')
                    {
                        return i + 1 - start;
                    }

                    if (text[i] == '\x1b')
                    {
                        return Math.Min(i + 2, text.Length) - start;
                    }
                }

                return text.Length - start;
            default:
                return 2;
        }
    }
}
