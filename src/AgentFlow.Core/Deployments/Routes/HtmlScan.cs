using System.Buffers;

namespace AgentFlow.Deployments.Routes;

/// <summary>
/// Walks through HTML once, forward only, and hands out tags and texts. It is lenient as browsers are, never goes back, and takes a
/// document that ends in the middle.
/// </summary>
internal ref struct HtmlScan(ReadOnlySpan<char> html)
{
    private static readonly SearchValues<char> s_keyEnds = SearchValues.Create(" \t\r\n\f/=");
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(" \t\r\n\f/>");

    private ReadOnlySpan<char> _rest = html;

    /// <summary>The element in whose raw text the scan stands (script, style, …); empty elsewhere.</summary>
    private string _raw = string.Empty;

    /// <summary>What was read last.</summary>
    public HtmlPiece Piece { get; private set; }

    /// <summary>Lower-case name of the tag read last.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>The text read last, or the attributes of the tag read last.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Reads the next piece; false at the end.</summary>
    public bool Read()
    {
        while (!_rest.IsEmpty)
        {
            if (_raw.Length > 0)
            {
                return ReadRaw();
            }

            int open = _rest.IndexOf('<');
            if (open != 0)
            {
                Take(HtmlPiece.Text, string.Empty, open < 0 ? _rest : _rest[..open], open < 0 ? _rest.Length : open);
                return true;
            }

            if (_rest.StartsWith("<!--"))
            {
                int end = _rest.IndexOf("-->", StringComparison.Ordinal);
                _rest = end < 0 ? [] : _rest[(end + 3)..];
            }
            else if (_rest.Length > 1 && (char.IsAsciiLetter(_rest[1]) || _rest[1] == '/'))
            {
                return ReadTag();
            }
            else if (_rest.Length > 1 && _rest[1] is '!' or '?')
            {
                int end = _rest.IndexOf('>');
                _rest = end < 0 ? [] : _rest[(end + 1)..];
            }
            else
            {
                Take(HtmlPiece.Text, string.Empty, _rest[..1], 1);
                return true;
            }
        }

        return false;
    }

    /// <summary>Value of an attribute of the tag read last, character references decoded; null when it is not there.</summary>
    public readonly string? Attribute(string name)
    {
        ReadOnlySpan<char> rest = Text;
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f/");
            if (rest.IsEmpty)
            {
                return null;
            }

            int end = rest.IndexOfAny(s_keyEnds);
            ReadOnlySpan<char> key = end < 0 ? rest : rest[..Math.Max(end, 1)];
            rest = rest[key.Length..].TrimStart(" \t\r\n\f");
            ReadOnlySpan<char> value = [];
            if (!rest.IsEmpty && rest[0] == '=')
            {
                rest = rest[1..].TrimStart(" \t\r\n\f");
                if (!rest.IsEmpty && rest[0] is '"' or '\'')
                {
                    int close = rest[1..].IndexOf(rest[0]);
                    value = close < 0 ? rest[1..] : rest[1..(close + 1)];
                    rest = close < 0 ? [] : rest[(close + 2)..];
                }
                else
                {
                    int stop = rest.IndexOfAny(" \t\r\n\f");
                    value = stop < 0 ? rest : rest[..stop];
                    rest = stop < 0 ? [] : rest[stop..];
                }
            }

            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return System.Net.WebUtility.HtmlDecode(value.ToString());
            }
        }
    }

    private bool ReadRaw()
    {
        int at = 0;
        int end;
        while (true)
        {
            int next = _rest[at..].IndexOf("</", StringComparison.Ordinal);
            if (next < 0)
            {
                end = _rest.Length;
                break;
            }

            at += next;
            if (_rest[(at + 2)..].StartsWith(_raw, StringComparison.OrdinalIgnoreCase))
            {
                end = at;
                break;
            }

            at += 2;
        }

        string name = _raw;
        _raw = string.Empty;
        Take(HtmlPiece.RawText, name, _rest[..end], end);
        return true;
    }

    private bool ReadTag()
    {
        bool closing = _rest[1] == '/';
        int start = closing ? 2 : 1;
        int nameEnd = _rest[start..].IndexOfAny(s_nameEnds);
        string name = (nameEnd < 0 ? _rest[start..] : _rest.Slice(start, nameEnd)).ToString().ToLowerInvariant();
        int from = nameEnd < 0 ? _rest.Length : start + nameEnd;
        int end = TagEnd(_rest, from);
        ReadOnlySpan<char> attributes = _rest[from..Math.Min(end, _rest.Length)];
        if (!closing && name is "script" or "style" or "title" or "textarea" or "noscript" or "iframe")
        {
            _raw = name;
        }

        Take(closing ? HtmlPiece.Close : HtmlPiece.Open, name, attributes, Math.Min(end + 1, _rest.Length));
        return true;
    }

    // The '>' that ends a tag is one outside a quoted value; a quote elsewhere (don't) opens nothing.
    private static int TagEnd(ReadOnlySpan<char> text, int from)
    {
        char last = '\0';
        for (int i = from; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '>')
            {
                return i;
            }

            if (c is '"' or '\'' && last == '=')
            {
                int close = text[(i + 1)..].IndexOf(c);
                if (close < 0)
                {
                    return text.Length;
                }

                i += close + 1;
                c = '\0';
            }

            last = c is ' ' or '\t' or '\r' or '\n' or '\f' ? last : c;
        }

        return text.Length;
    }

    private void Take(HtmlPiece piece, string name, ReadOnlySpan<char> text, int length)
    {
        (Piece, Name) = (piece, name);
        Text = text;
        _rest = _rest[length..];
    }
}
