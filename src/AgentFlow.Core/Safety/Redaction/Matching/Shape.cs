using System.Buffers;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Judges whether a text looks drawn at random or like words, an identifier, a stand-in.</summary>
internal static class Shape
{
    /// <summary>Per letter, the letters that follow it in nine of ten places of technical English; in random text in three of ten.</summary>
    private static readonly uint[] s_followers = Followers(
        ["bcdgilmnprstuvy", "aeiloru", "acehiklortu", "adeios", "abcdefglmnpqrstvwx", "aefilor", "aeinoru", "aeiot", "abcdefglmnoprstvz", "e", "ei", "adeilostuy", "abeilmop", "acdefgiostu", "bcdgklmnoprstuvw", "aehiloprt", "u", "acdegikmnorstuvy", "acehiopstuy", "acehioprstuy", "aceilmnprst", "aei", "aehi", "ct", "ps", "e"]);

    private static readonly SearchValues<byte> s_signs = SearchValues.Create("!#$%&*+?@^~"u8);
    private static readonly SearchValues<byte> s_printedSigns = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"u8);
    private static readonly SearchValues<byte> s_noPassword = SearchValues.Create(" /\\()[]{}<>;,\"'`"u8);
    private static readonly SearchValues<string> s_code = SearchValues.Create(["a-z", "A-Z", "0-9", "(?", "://", "=>", "${", "$(", "{{", "<%", "</", "[REDACTED"], StringComparison.Ordinal);
    private static readonly ByteSet s_letters = new("A-Za-z");
    private static readonly ByteSet s_mixed = new("A-Za-z0-9+/_=-");

    /// <summary>A documented example or a stand-in: <c>…EXAMPLE</c>, <c>xxxxxxxx</c>, <c>your_key_here</c>, almost no variety.</summary>
    public static bool IsDummy(ReadOnlySpan<byte> value)
    {
        if (value.EndsWith("EXAMPLE"u8) || value.EndsWith("EXAMPLEKEY"u8) || value.EndsWith("example"u8))
        {
            return true;
        }

        return value.Length >= 12 && (LongestRepeat(value) * 2 >= value.Length || Distinct(value) <= 4 || IsSparse(value));
    }

    /// <summary>Whether one character makes up more than a quarter of a long text: zeros of encoded binary data.</summary>
    private static bool IsSparse(ReadOnlySpan<byte> value)
    {
        if (value.Length < 40)
        {
            return false;
        }

        Span<ushort> counts = stackalloc ushort[128];
        int most = 0;
        foreach (byte c in value)
        {
            most = Math.Max(most, ++counts[c & 127]);
        }

        return most * 100 >= value.Length * 28;
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

    /// <summary>Number of decimal digits.</summary>
    public static int Digits(ReadOnlySpan<byte> value)
    {
        int count = 0;
        foreach (byte c in value)
        {
            count += ByteSet.Digit[c] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Number of different characters, letters in either case counted once.</summary>
    public static int Distinct(ReadOnlySpan<byte> value)
    {
        UInt128 seen = 0;
        foreach (byte c in value)
        {
            seen |= UInt128.One << (c is >= (byte)'A' and <= (byte)'Z' ? c | 0x20 : c & 127);
        }

        return (int)UInt128.PopCount(seen);
    }

    /// <summary>Whether the text is made of words: its letters follow each other as in English and its classes change as in identifiers.</summary>
    public static bool IsWordy(ReadOnlySpan<byte> value)
    {
        Tally tally = Tally.Of(value);
        if (tally.Digits > tally.Letters)
        {
            return false;
        }

        return tally.Pairs == 0
            ? tally.Letters > 0 && tally.Changes <= 1
            : tally.Common * 100 >= tally.Pairs * 64 && tally.Changes * 5 <= value.Length;
    }

    /// <summary>Whether the letters follow each other as in words, wherever the humps are.</summary>
    public static bool ReadsLikeWords(ReadOnlySpan<byte> value)
    {
        Tally tally = Tally.Of(value);
        return tally.Pairs >= 8 && tally.Common * 100 >= tally.Pairs * 64;
    }

    /// <summary>Whether the text, of at least eight characters, looks drawn at random from letters and digits.</summary>
    public static bool LooksRandom(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8 || IsDummy(value))
        {
            return false;
        }

        Tally tally = Tally.Of(value);
        bool unlikely = tally.Pairs >= 6 && tally.Common * 100 < tally.Pairs * 58;
        bool restless = tally.Changes >= 3 && tally.Changes * 100 >= value.Length * 16;
        return tally.Letters > 0 && (unlikely || restless) && (tally.Digits > 0 || tally.MixedCase || value.Length >= 16);
    }

    /// <summary>Like <see cref="LooksRandom"/>, and long, with upper case, lower case and digits: what no word or identifier is.</summary>
    public static bool LooksStronglyRandom(ReadOnlySpan<byte> value)
    {
        if (value.Length < 20 || !value.ContainsAnyInRange((byte)'A', (byte)'Z') || !value.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        Tally tally = Tally.Of(value);
        return tally.MixedCase && tally.Digits > 0 && tally.Changes * 100 >= value.Length * 20
            && !IsDummy(value) && (tally.Pairs < 6 || tally.Common * 100 < tally.Pairs * 66 || tally.Changes * 100 >= value.Length * 40);
    }

    /// <summary>Whether it holds letters of both cases and none but letters, digits and the marks of base64.</summary>
    public static bool IsMixed(ReadOnlySpan<byte> value) =>
        value.ContainsAnyInRange((byte)'a', (byte)'z') && value.ContainsAnyInRange((byte)'A', (byte)'Z') && IsAll(value, s_mixed);

    /// <summary>What people are made to choose: of one piece, with letters of both cases, a digit and a sign; no path and no call.</summary>
    public static bool LooksLikePassword(ReadOnlySpan<byte> value) =>
        value.Length >= 8 && value.ContainsAnyInRange((byte)'a', (byte)'z') && value.ContainsAnyInRange((byte)'A', (byte)'Z') && value.ContainsAnyInRange((byte)'0', (byte)'9')
        && value.ContainsAny(s_signs) && !value.ContainsAny(s_noPassword) && !IsDummy(value) && !HoldsCode(value);

    /// <summary>Words and a number as people choose them: <c>Thistle_bramble569</c>. A word begins with a capital, the digits stand at the end.</summary>
    public static bool LooksChosen(ReadOnlySpan<byte> value) => value.ContainsAnyInRange((byte)'A', (byte)'Z') && IsWordsAndNumber(value);

    /// <summary>What a column or a sentence must say is a password before it is taken for one: a word and a number, or at least three words and one (<c>thistle-bramble-oak-56</c>).</summary>
    public static bool MayBeChosen(ReadOnlySpan<byte> value) =>
        LooksChosen(value) || IsWordAndNumber(value) || (IsWordsAndNumber(value) && value[..^2].Count((byte)'-') + value[..^2].Count((byte)'_') + value[..^2].Count((byte)'.') >= 3);

    /// <summary>A capitalised word, or several without a mark between them, and a number: <c>Thistle5698</c>.</summary>
    public static bool IsWordAndNumber(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> words = value.TrimEnd("!?#*+$"u8).TrimEnd("0123456789"u8);
        return value.Length >= 8 && words.Length >= 4 && Digits(value[words.Length..]) is >= 2 and <= 4 && ByteSet.Upper[value[0]] && ByteSet.Lower[value[1]] && IsAll(words, s_letters);
    }

    /// <summary>Words with marks between them and a number, with or without a capital; many ids and versions look like it too.</summary>
    public static bool IsWordsAndNumber(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> words = value.TrimEnd("!?#*+$"u8).TrimEnd("0123456789"u8);
        int digits = Digits(value[words.Length..]);
        return value.Length >= 10 && digits is >= 2 and <= 4 && (ByteSet.Upper[value[0]] || ByteSet.Lower[value[0]]) && words.ContainsAnyInRange((byte)'a', (byte)'z')
            && words[1..].IndexOfAny("._-"u8) > 0 && words.IndexOfAny("/:"u8) < 0;
    }

    /// <summary>
    /// What a generator draws from all printable characters: of one piece, letters, digits and signs in restless turns, no words, and
    /// none of the pairs that code, templates and patterns are known by. With this, a bracket or a dollar in front tells nothing.
    /// </summary>
    public static bool LooksGenerated(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 8 or > 256 || !value.ContainsAny(s_printedSigns) || value.IndexOfAnyInRange((byte)0, (byte)' ') >= 0 || IsDummy(value))
        {
            return false;
        }

        Turns turns = Turns.Of(value);
        if (turns.Digits == 0 || turns.Letters == 0 || turns.Count * 5 < (value.Length - 1) * 2)
        {
            return false;
        }

        Tally tally = Tally.Of(value);
        return !(turns.InWords * 10 > turns.Letters * 6 && tally.Common * 100 >= tally.Pairs * 55) && !HoldsCode(value);
    }

    /// <summary>Whether a pair stands in it that code, templates and patterns are known by, and passwords hardly hold.</summary>
    private static bool HoldsCode(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[256];
        int length = Encoding.Latin1.GetChars(value[..Math.Min(value.Length, text.Length)], text);
        int call = value.IndexOf("()"u8);
        bool calls = call >= 3 && ByteSet.Word.RunBack(value, call, 3) == 3 && !value[(call - 3)..call].ContainsAnyInRange((byte)'0', (byte)'9');
        return calls || ((ReadOnlySpan<char>)text[..length]).ContainsAny(s_code);
    }

    /// <summary><c>8-4-4-4-12</c> hexadecimal digits.</summary>
    public static bool IsUuid(ReadOnlySpan<byte> value)
    {
        if (value.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? value[i] != '-' : !ByteSet.Hex[value[i]])
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsAll(ReadOnlySpan<byte> value, ByteSet set) => set.Run(value, 0) == value.Length;

    private static uint[] Followers(string[] rows)
    {
        uint[] masks = new uint[26];
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (char c in rows[i])
            {
                masks[i] |= 1u << (c - 'a');
            }
        }

        return masks;
    }

    /// <summary>How often the sort of character changes, and how many letters stand in runs of three and more (<c>abc</c>, <c>Abc</c>, <c>ABC</c>).</summary>
    private readonly record struct Turns(int Count, int Letters, int Digits, int InWords)
    {
        public static Turns Of(ReadOnlySpan<byte> value)
        {
            (int count, int letters, int digits, int inWords, int run) = (0, 0, 0, 0, 0);
            int before = -1;
            foreach (byte c in value)
            {
                int kind = c is >= (byte)'a' and <= (byte)'z' ? 1 : c is >= (byte)'A' and <= (byte)'Z' ? 2 : c is >= (byte)'0' and <= (byte)'9' ? 3 : 0;
                bool letter = kind is 1 or 2;
                run = !letter ? 0 : kind == before || (before == 2 && run == 1) ? run + 1 : 1;
                inWords += run == 3 ? 3 : run > 3 ? 1 : 0;
                letters += letter ? 1 : 0;
                digits += kind == 3 ? 1 : 0;
                count += before >= 0 && kind != before ? 1 : 0;
                before = kind;
            }

            return new(count, letters, digits, inWords);
        }
    }

    /// <summary>Counts of one pass over a text.</summary>
    private readonly record struct Tally(int Letters, int Digits, int Pairs, int Common, int Changes, bool MixedCase)
    {
        public static Tally Of(ReadOnlySpan<byte> value)
        {
            (int letters, int digits, int pairs, int common, int changes) = (0, 0, 0, 0, 0);
            (bool upper, bool lower) = (false, false);
            int before = 0;
            foreach (byte c in value)
            {
                int kind = c is >= (byte)'a' and <= (byte)'z' ? 1 : c is >= (byte)'A' and <= (byte)'Z' ? 2 : c is >= (byte)'0' and <= (byte)'9' ? 3 : 0;
                int kindBefore = before >> 8;
                letters += kind is 1 or 2 ? 1 : 0;
                digits += kind == 3 ? 1 : 0;
                lower |= kind == 1;
                upper |= kind == 2;
                if (kind is 1 or 2 && kindBefore is 1 or 2 && !(kindBefore == 1 && kind == 2))
                {
                    pairs++;
                    common += (int)(s_followers[((before & 0xFF) | 0x20) - 'a'] >> ((c | 0x20) - 'a') & 1);
                }

                changes += kindBefore != 0 && kind != 0 && ((kind == 3) != (kindBefore == 3) || (kindBefore == 1 && kind == 2)) ? 1 : 0;
                before = (kind << 8) | c;
            }

            return new(letters, digits, pairs, common, changes, upper && lower);
        }
    }
}
