using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>A name alone on its line, then its verdict on the next: pydantic's settings and tools that print alike.</summary>
internal sealed partial class FieldFormat : ILogFormat
{
    private string? _name;
    private int _indent;

    public string Name => "field";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson)
        {
            return;
        }

        if (_name is { } name && line.Indent > _indent && Verdict().IsMatch(line.Trimmed))
        {
            context.Report(this, name, line.Number);
            _name = null;
        }
        else
        {
            _name = line.HasCapitals && Alone().Match(line.Trimmed) is { Success: true } alone && EnvName.IsCapital(alone.Groups["name"].ValueSpan) ? alone.Groups["name"].Value : null;
            _indent = line.Indent;
        }
    }

    public void Break() => _name = null;

    [GeneratedRegex("""^(?:[-*\u2022\u2716\u00d7\u2717\u274c]\s*)?[\["'`]{0,2}(?:\w+\.)?(?<name>[A-Z][A-Z0-9_]+)[\]"'`]{0,2}:?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    [GeneratedRegex(@"^(?:[-*\u2022\u2716\u2192]\s*|message:\s*|error:\s*|reason:\s*)?(?:[Ff]ield required|[Vv]alue error|[Ii]nput should be|none is not an allowed|[Rr]equired\b|[Mm]issing\b|[Ii]nvalid\b|[Nn]ot set\b|[Uu]ndefined\b|must be\b|is required|expected\b|\[?type=missing|Too small)", RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();
}
