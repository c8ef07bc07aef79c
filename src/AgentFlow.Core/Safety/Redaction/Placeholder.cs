using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>The text that stands where a secret stood: <c>[REDACTED:kind#id]</c>.</summary>
internal static class Placeholder
{
    /// <summary>What stands for a text that could not be scanned.</summary>
    public const string Error = "[REDACTED:error]";

    /// <summary>Longest front of a placeholder that is judged alone; the name of the value must lie near.</summary>
    private const int MaxFront = 256;

    private static readonly ByteSet s_kind = new("a-z0-9-");

    private static readonly byte[][] s_heads = [.. RuleTable.All.Select(r => Encoding.ASCII.GetBytes($"[REDACTED:{r.Name}#"))];

    public static ReadOnlySpan<byte> Start => "[REDACTED"u8;

    /// <summary>Whether a whole placeholder ends right before <paramref name="end"/>.</summary>
    public static bool EndsBefore(ReadOnlySpan<byte> text, int end)
    {
        int mark = end - KeyedId.TextLength - 2;
        if (mark <= 0 || end > text.Length || text[end - 1] != ']' || text[mark] != '#')
        {
            return false;
        }

        int name = s_kind.RunBack(text, mark, MaxLength);
        return text[..(mark - name)].EndsWith("[REDACTED:"u8);
    }

    /// <summary>The whole placeholder in whose middle a place lies; an empty range when it lies in none.</summary>
    public static Range Around(ReadOnlySpan<byte> text, int at)
    {
        int low = Math.Max(0, at - MaxLength);
        int head = text[low..Math.Min(text.Length, at + Start.Length - 1)].LastIndexOf(Start);
        int start = low + head;
        if (head < 0)
        {
            return default;
        }

        int i = start + Start.Length + 1;
        i += s_kind.Run(text, i, MaxLength);
        i += i < text.Length && text[i] == '#' ? KeyedId.TextLength + 1 : 0;
        return i >= at && i < text.Length && text[i] == ']' ? start..(i + 1) : default;
    }

    /// <summary>
    /// End of the value in [<paramref name="start"/>, <paramref name="end"/>) when what runs into a placeholder is judged alone: the rest of
    /// it is hidden already, and whoever wrote the two without a mark between them did not mean a reference.
    /// </summary>
    public static int EndOfFront(ReadOnlySpan<byte> text, int start, int end)
    {
        int front = end > start ? text[start..end].IndexOf(Start) : -1;
        return front is > 0 and <= MaxFront && !Neighbourhoods.Opens(text[start + front - 1]) && text[start + front - 1] != ';' ? start + front : end;
    }

    /// <summary>Bytes of the longest placeholder.</summary>
    public static int MaxLength { get; } = s_heads.Max(h => h.Length) + KeyedId.TextLength + 1;

    /// <summary>Writes the placeholder of a finding; returns its length.</summary>
    public static int Write(Finding finding, Span<byte> output)
    {
        if (finding.Rule < 0)
        {
            return Encoding.ASCII.GetBytes(Error, output);
        }

        byte[] head = s_heads[finding.Rule];
        head.CopyTo(output);
        KeyedId.Write(finding.Id, output[head.Length..]);
        output[head.Length + KeyedId.TextLength] = (byte)']';
        return head.Length + KeyedId.TextLength + 1;
    }

    public static void Append(StringBuilder text, Finding finding)
    {
        Span<byte> bytes = stackalloc byte[128];
        int length = Write(finding, bytes);
        text.Append(Encoding.ASCII.GetString(bytes[..length]));
    }
}
