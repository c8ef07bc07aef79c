using System.Text;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// Takes away what terminals, CI systems and package managers put around a line: colours and links, frames, times, workspace and
/// container names, JSON around a message. One line of a log can hold several lines of text.
/// </summary>
internal sealed class LineCleaner
{
    /// <summary>Characters of a line that are read; what comes after them is not a message.</summary>
    public const int Longest = 32 * 1024;

    private const int MostLines = 400;

    private readonly StringBuilder _text = new();
    private readonly List<string> _parts = [];

    /// <summary>Adds the lines of text that the line of a log holds.</summary>
    public void Clean(ReadOnlySpan<char> raw, int number, List<CleanLine> lines)
    {
        _parts.Clear();
        string plain = LogPrefixes.Strip(StripControls(raw[..Math.Min(raw.Length, Longest)]));
        if (JsonMessages.TryRead(plain, _parts))
        {
            lines.Add(new(plain, number, isJson: true));
        }
        else
        {
            JsonMessages.ReadTail(plain, _parts);
            _parts.Insert(0, plain);
        }

        foreach (string part in _parts)
        {
            Split(part, number, lines);
        }
    }

    // Escapes that were written out: a message inside a quoted string that was not decoded.
    private static void Split(string part, int number, List<CleanLine> lines)
    {
        if (!part.Contains('\\') && !part.Contains('\n') && !part.Contains('\r'))
        {
            lines.Add(new(part, number));
            return;
        }

        string text = part.Contains('\\')
            ? part.Replace("\\\\n", "\n", StringComparison.Ordinal).Replace("\\r\\n", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", " ", StringComparison.Ordinal)
                .Replace("\\\\\"", "\"", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal).Replace("\\u0027", "'", StringComparison.OrdinalIgnoreCase).Replace("\\u0022", "\"", StringComparison.OrdinalIgnoreCase)
            : part;
        int count = 0;
        foreach (Range range in text.AsSpan().SplitAny('\n', '\r'))
        {
            if (++count > MostLines)
            {
                return;
            }

            ReadOnlySpan<char> piece = text.AsSpan(range);
            if (piece.Length > 0 || count > 1)
            {
                lines.Add(new(count == 1 ? piece.ToString() : LogPrefixes.StripFrame(piece).ToString(), number));
            }
        }
    }

    private string StripControls(ReadOnlySpan<char> raw)
    {
        _text.Clear();
        for (int i = 0; i < raw.Length; i++)
        {
            char at = raw[i];
            if (at is >= ' ' and < '\u007f')
            {
                if (EscapeLength(raw[i..]) is > 0 and int length)
                {
                    i += length - 1;
                }
                else
                {
                    _text.Append(at);
                }

                continue;
            }

            switch (at)
            {
                case '\u001b':
                    i += SequenceLength(raw[i..]) - 1;
                    break;
                case '\u009b':
                    i += 1 + ParametersLength(raw[(i + 1)..]) - 1;
                    break;
                case '\t':
                    _text.Append("    ");
                    break;
                case '\r' or '\n':
                    _text.Append('\n');
                    break;
                case '\u00a0' or '\u2007' or '\u202f':
                    _text.Append(' ');
                    break;
                case '\u2019' or '\u2018':
                    _text.Append('\'');
                    break;
                case '\u201c' or '\u201d':
                    _text.Append('"');
                    break;
                case < ' ' or (>= '\u007f' and < '\u00a0') or '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\ufe0f':
                    break;
                default:
                    _text.Append(at);
                    break;
            }
        }

        return _text.ToString();
    }

    /// <summary>Copies a line without its escape sequences; the answer is how much was written.</summary>
    public static int CopyPlain(ReadOnlySpan<char> raw, Span<char> plain)
    {
        int written = 0;
        while (raw.IndexOf('\u001b') is >= 0 and int at)
        {
            raw[..at].CopyTo(plain[written..]);
            written += at;
            raw = raw[(at + SequenceLength(raw[at..]))..];
        }

        raw.CopyTo(plain[written..]);
        return written + raw.Length;
    }

    // ESC [ parameters final, ESC ] text BEL or ESC \, ESC and one character.
    private static int SequenceLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 1;
        }

        if (text[1] == '[')
        {
            return 2 + ParametersLength(text[2..]);
        }

        if (text[1] is ']' or 'P' or '_' or '^')
        {
            for (int i = 2; i < text.Length; i++)
            {
                if (text[i] is '\u0007' or '\u009c')
                {
                    return i + 1;
                }

                if (text[i] == '\u001b' && i + 1 < text.Length && text[i + 1] == '\\')
                {
                    return i + 2;
                }
            }

            return 2;
        }

        return text[1] is '(' or ')' or '#' && text.Length > 2 ? 3 : 2;
    }

    private static int ParametersLength(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length && text[i] is >= ' ' and <= '?')
        {
            i++;
        }

        return Math.Min(i + 1, text.Length);
    }

    // Colours whose escape character was lost or written out: [31m, \u001b[31m, \x1b[0m, \033[1m, \e[0m, ^[[0m.
    private static int EscapeLength(ReadOnlySpan<char> text)
    {
        int start = text[0] switch
        {
            '[' => 0,
            '^' when text.StartsWith("^[[", StringComparison.Ordinal) => 2,
            '\\' when text.StartsWith("\\u001b[", StringComparison.OrdinalIgnoreCase) => 6,
            '\\' when text.StartsWith("\\x1b[", StringComparison.OrdinalIgnoreCase) || text.StartsWith("\\033[", StringComparison.Ordinal) => 4,
            '\\' when text.StartsWith("\\e[", StringComparison.Ordinal) => 2,
            _ => -1,
        };
        if (start < 0 || start >= text.Length)
        {
            return 0;
        }

        int i = start + 1;
        while (i < text.Length && i < start + 20 && (char.IsAsciiDigit(text[i]) || text[i] == ';'))
        {
            i++;
        }

        return i < text.Length && (text[i] == 'm' || (text[i] == 'K' && start > 0)) && (i > start + 1 || start > 0) ? i + 1 : 0;
    }
}
