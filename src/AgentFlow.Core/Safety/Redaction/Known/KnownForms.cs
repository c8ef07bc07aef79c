using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace AgentFlow.Safety.Redaction;

/// <summary>How a value looks in a URL, in JSON, in HTML and in base64. The forms only say where to look; the walker decides.</summary>
internal static class KnownForms
{
    /// <summary>Per form, the text of each byte of the value; Latin-1 characters stand for bytes.</summary>
    public static IEnumerable<string[]> Escaped(byte[] value)
    {
        yield return Units(value, static b => ((char)b).ToString());
        yield return Units(value, static b => Plain(b) ? ((char)b).ToString() : Percent(b, "X2"));
        yield return Units(value, static b => Plain(b) ? ((char)b).ToString() : Percent(b, "x2"));
        yield return Units(value, static b => Plain(b) || "-_.!~*'()".Contains((char)b, StringComparison.Ordinal) ? ((char)b).ToString() : Percent(b, "X2"));
        yield return Units(value, static b => b is (byte)'"' or (byte)'\\' ? "\\" + (char)b : ((char)b).ToString());
        yield return Units(value, static b => b < 0x80 ? WebUtility.HtmlEncode(((char)b).ToString()) : ((char)b).ToString());
    }

    /// <summary>The same for what escapes characters, not bytes: <c>\u00e4</c> in either case and <c>&amp;#228;</c>, and for bytes that were escaped twice; none for a plain value.</summary>
    public static IEnumerable<string[]> CharacterEscaped(byte[] value)
    {
        if (Ascii.IsValid(value) || !Utf8.IsValid(value))
        {
            yield break;
        }

        yield return Units(value, static b => Plain(b) ? ((char)b).ToString() : "%25" + b.ToString("X2", CultureInfo.InvariantCulture));
        yield return Units(value, static b => Plain(b) ? ((char)b).ToString() : "%25" + b.ToString("x2", CultureInfo.InvariantCulture));
        foreach (Func<char, string> escape in new Func<char, string>[]
        {
            static c => $"\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}", static c => $"\\u{((int)c).ToString("X4", CultureInfo.InvariantCulture)}", static c => $"&#{((int)c).ToString(CultureInfo.InvariantCulture)};",
        })
        {
            List<string> units = [];
            foreach (Rune rune in Encoding.UTF8.GetString(value).EnumerateRunes())
            {
                units.Add(rune.IsAscii ? rune.ToString() : string.Concat(rune.ToString().Select(escape)));
                units.AddRange(Enumerable.Repeat(string.Empty, rune.Utf8SequenceLength - 1));
            }

            yield return [.. units];
        }
    }

    /// <summary>Per offset in a group of three bytes, the characters of base64 that depend on the value alone.</summary>
    public static IEnumerable<string> Base64(byte[] value)
    {
        for (int offset = 0; offset < 3; offset++)
        {
            byte[] shifted = new byte[offset + value.Length];
            value.CopyTo(shifted, offset);
            int first = ((offset * 8) + 5) / 6;
            int end = shifted.Length * 8 / 6;
            yield return Convert.ToBase64String(shifted)[first..end];
        }
    }

    private static bool Plain(byte b) => ByteSet.Alnum[b];

    private static string Percent(byte b, string format) => "%" + b.ToString(format, CultureInfo.InvariantCulture);

    private static string[] Units(byte[] value, Func<byte, string> unit) => [.. value.Select(unit)];
}
