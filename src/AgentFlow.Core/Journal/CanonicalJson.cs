using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentFlow.Journal;

/// <summary>
/// Writes JSON in the one form of RFC 8785: members sorted by UTF-16 code unit, no white space, UTF-8, the shortest string
/// escapes, and numbers as ECMAScript prints a double. Numbers that a double cannot hold exactly as an integer are refused.
/// </summary>
public static class CanonicalJson
{
    private const long LargestSafeInteger = 9_007_199_254_740_991;

    /// <summary>The canonical text of a node.</summary>
    /// <exception cref="FormatException">A number outside the exact range, not a number, or a lone surrogate.</exception>
    public static string Write(JsonNode? node)
    {
        StringBuilder text = new();
        Append(text, JsonSerializer.SerializeToElement(node, JournalJson.Default.JsonNode));
        return text.ToString();
    }

    /// <summary>The canonical text of a parsed element.</summary>
    /// <inheritdoc cref="Write(JsonNode?)" path="/exception"/>
    public static string Write(JsonElement element)
    {
        StringBuilder text = new();
        Append(text, element);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, element);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                string separator = string.Empty;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    text.Append(separator);
                    Append(text, item);
                    separator = ",";
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(element));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement element)
    {
        List<JsonProperty> members = [.. element.EnumerateObject()];
        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');
        for (int index = 0; index < members.Count; index++)
        {
            if (index > 0)
            {
                if (members[index].Name == members[index - 1].Name)
                {
                    throw new FormatException("A member occurs twice.");
                }

                text.Append(',');
            }

            AppendString(text, members[index].Name);
            text.Append(':');
            Append(text, members[index].Value);
        }

        text.Append('}');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (int index = 0; index < value.Length; index++)
        {
            char c = value[index];
            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || index + 1 == value.Length || !char.IsLowSurrogate(value[index + 1]))
                {
                    throw new FormatException("A string holds a lone surrogate.");
                }

                text.Append(c).Append(value[++index]);
                continue;
            }

            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static string Number(JsonElement element)
    {
        if (element.TryGetInt64(out long integer))
        {
            return integer is >= -LargestSafeInteger and <= LargestSafeInteger
                ? integer.ToString(CultureInfo.InvariantCulture)
                : throw new FormatException("An integer is outside the exact range of a double.");
        }

        double value = element.GetDouble();
        return double.IsFinite(value) ? EcmaScript(value) : throw new FormatException("A number is not finite.");
    }

    // ECMAScript Number::toString: fixed notation between 1e-6 and 1e21, otherwise exponent with a sign.
    private static string EcmaScript(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // The shortest text that reads back as the same double; its digits and where its point is.
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        string sign = value < 0 ? "-" : string.Empty;
        string[] scientific = shortest.TrimStart('-').Split('E');
        string[] mantissa = scientific[0].Split('.');
        string all = mantissa.Length > 1 ? mantissa[0] + mantissa[1] : mantissa[0];
        string digits = all.Trim('0');
        int leadingZeros = all.Length - all.TrimStart('0').Length;
        int exponent = mantissa[0].Length - 1 - leadingZeros + (scientific.Length > 1 ? int.Parse(scientific[1], CultureInfo.InvariantCulture) : 0);
        return exponent switch
        {
            >= 21 or < -6 => sign + digits[..1] + (digits.Length > 1 ? "." + digits[1..] : string.Empty)
                + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture),
            < 0 => sign + "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
            _ => sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..],
        };
    }
}
