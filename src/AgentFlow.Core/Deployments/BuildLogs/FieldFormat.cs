using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>A name alone on its line and its verdict below: pydantic's settings, varlock, Effect's schema and tools that print alike.</summary>
internal sealed partial class FieldFormat : ILogFormat
{
    private const int Lasts = 3;
    private const int Longest = 200;

    private string? _name;
    private int _indent;
    private int _age;
    private bool _isMarked;
    private bool _isLabel;

    public string Name => "field";

    public bool IsOpen => _name is not null && _isMarked;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson)
        {
            return;
        }

        if (_name is { } name && (line.Indent > _indent || _isMarked || (_isLabel && line.Trimmed is ['-' or '*' or '\u2022', ..])) && Verdict().IsMatch(line.Trimmed))
        {
            context.Report(this, name, line.Number);
            _name = null;
        }
        else if (_name is null || !_isMarked || ++_age > Lasts || line.HasCapitals || line.IsEmpty)
        {
            _name = line.HasCapitals && line.Trimmed.Length <= Longest && Alone().Match(line.Trimmed) is { Success: true } alone && EnvName.IsCapital(alone.Groups["name"].ValueSpan) ? alone.Groups["name"].Value : null;
            _indent = line.Indent;
            _isMarked = _name is not null && Marked().IsMatch(line.Trimmed);
            _isLabel = _name is not null && line.Trimmed[^1] == ':';
            _age = 0;
        }
    }

    public void Break() => _name = null;

    [GeneratedRegex("""^(?:[-*\u2022\u2716\u00d7\u2717\u2718\u274c\u26d4\u2757]\s*)?[\["'`]{0,2}(?:\w+\.)?(?<name>[A-Z][A-Z0-9_]+)[\]"'`]{0,2}:?(?:\*?\s*(?:[^\w\s]*\s*(?:sensitive|secret|required|public)?\s*){0,3})?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    // A cross or a stop before the name, or a path in brackets: what is wrong with it comes below, not always on the next line.
    [GeneratedRegex("""^[\u2716\u00d7\u2717\u2718\u274c\u26d4\u2757]|^\[["'`]""", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^(?:[-*\u2022\u2716\u2192]\s*|message:\s*|error:\s*|reason:\s*)?(?:[Ff]ield required|[Vv]alue (?:error|is (?:not\b|required|missing|empty|invalid)|must\b)|[Ee]nsure this value|str type expected|none is not|[Ii]s missing|[Uu]nable to decode|.*\(type=\w*error|[Ii]nput should be|none is not an allowed|[Rr]equired\b|[Mm]issing\b|[Ii]nvalid\b|[Nn]ot set\b|[Uu]ndefined\b|must be\b|is required|[Ee]xpected\b|\[?type=missing|Too small)", RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();
}
