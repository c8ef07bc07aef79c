using System.Globalization;
using System.Net;

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
