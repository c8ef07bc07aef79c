using System.Buffers;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// Dumps of objects in JSON, JavaScript's or Python's notation, over any number of lines: the issues of zod, valibot, ajv, Joi,
/// yup, class-validator and pydantic, and trees of errors by name as zod's flatten, format and treeify make them.
/// </summary>
internal sealed class DumpFormat : ILogFormat
{
    private const int MostLines = 600;
    private const int MostDepth = 24;
    private const int LongestScalar = 400;
    private const int MostForeign = 3;

    private static readonly SearchValues<char> s_marks = SearchValues.Create("{}[]:,'\"`()");
    private static readonly SearchValues<char> s_bareEnd = SearchValues.Create(" \t,:{}[]()\"'`=");

    private readonly List<DumpNode> _nodes = [];
    private int _depth;
    private int _lines;
    private int _foreign;
    private int _lastLine;

    public string Name => "object dump";

    public bool IsOpen => _depth > 0;

    public void Read(CleanLine line, ScanContext context)
    {
        if (_depth > 0 && (++_lines > MostLines || IsForeign(line)))
        {
            Break();
        }

        _lastLine = line.Number;
        ReadOnlySpan<char> text = line.Text;
        if (_depth == 0)
        {
            if (line is { IsCode: true, IsJson: false })
            {
                return;
            }

            // What stands before the first bracket is prose.
            int start = text.IndexOfAny("{[");
            if (start < 0 || !Begins(text, start))
            {
                return;
            }

            _lines = 0;
            text = text[start..];
        }

        Scan(text, context);
    }

    public void Break() => (_depth, _lines, _foreign) = (0, 0, 0);

    // A bracket that opens a dump ends its line or is closed by the line's end; "[vite] text" is a label.
    private static bool Begins(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> end = text.TrimEnd();
        return end[^1] is '{' or '[' or '}' or ']' or ',' || text[start] == '{' || text[start..].IndexOf("{", StringComparison.Ordinal) > 0;
    }

    private bool IsForeign(CleanLine line)
    {
        bool isForeign = !line.IsEmpty && !line.Trimmed.AsSpan().ContainsAny(s_marks);
        isForeign |= line.IsCode && line.Trimmed.StartsWith("at ", StringComparison.Ordinal);
        _foreign = isForeign ? _foreign + 1 : 0;
        return _foreign >= MostForeign;
    }

    private void Scan(ReadOnlySpan<char> text, ScanContext context)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char at = text[i];
            switch (at)
            {
                case '{':
                    Open(isList: false);
                    break;
                case '[' or '(':
                    Open(isList: true);
                    break;
                case '}' or ']' or ')':
                    Close(context);
                    break;
                case '"' or '\'' or '`':
                    i += Quoted(text[i..]) - 1;
                    break;
                case ':' or '=' when _depth > 0:
                    Current.Pending = Current.IsList ? null : Current.Last ?? Current.Pending;
                    Current.Last = null;
                    break;
                case ',' when _depth > 0:
                    Current.Commit();
                    break;
                case ' ' or '\t':
                    break;
                default:
                    if (_depth > 0)
                    {
                        int length = text[i..].IndexOfAny(s_bareEnd);
                        length = Math.Max(length < 0 ? text.Length - i : length, 1);
                        Current.Last = text.Slice(i, Math.Min(length, LongestScalar)).ToString();
                        i += length - 1;
                    }

                    break;
            }
        }
    }

    private DumpNode Current => _nodes[_depth - 1];

    private void Open(bool isList)
    {
        if (_depth == MostDepth)
        {
            Break();
        }

        // util.inspect writes a class before the bracket: the key is what stands before the colon.
        string? key = _depth > 0 ? Current.Pending ?? (Current.IsList ? null : Current.Last) : null;
        if (_nodes.Count == _depth)
        {
            _nodes.Add(new());
        }

        _nodes[_depth++].Reset(key, isList);
    }

    private void Close(ScanContext context)
    {
        if (_depth == 0)
        {
            return;
        }

        DumpNode closed = Current;
        closed.Commit();
        IssueRules.Judge(closed, name => context.Report(this, name, _lastLine));
        _depth--;
        if (_depth > 0)
        {
            Current.Take(closed);
        }
    }

    private int Quoted(ReadOnlySpan<char> text)
    {
        char quote = text[0];
        int i = 1;
        while (i < text.Length && text[i] != quote)
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        int end = Math.Min(i, text.Length);
        if (_depth > 0)
        {
            Current.Last = text[1..Math.Max(1, Math.Min(end, LongestScalar))].ToString();
        }

        return Math.Min(i + 1, text.Length);
    }
}
