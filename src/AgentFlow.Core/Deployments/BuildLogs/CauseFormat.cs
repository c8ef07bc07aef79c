using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>An error that names the variable, and below it the cause that there is none: Rust's anyhow and eyre reports.</summary>
internal sealed partial class CauseFormat : ILogFormat
{
    private const int Lasts = 6;

    private string? _name;
    private int _age;

    public string Name => "cause";

    public bool IsOpen => _name is not null;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson)
        {
            return;
        }

        if (_name is { } name && Cause().IsMatch(line.Trimmed))
        {
            context.Report(this, name, line.Number);
            _name = null;
            return;
        }

        if (line.HasCapitals && Error().IsMatch(line.Trimmed))
        {
            MatchCollection names = Capitals().Matches(line.Trimmed);
            _name = names.Count == 1 && EnvName.ShapeOf(names[0].ValueSpan) == NameShape.Strong ? names[0].Value : null;
            _age = 0;
        }
        else if (++_age > Lasts)
        {
            _name = null;
        }
    }

    public void Break() => _name = null;

    [GeneratedRegex(@"^(?:Error|error|fatal|thread '[^']*' panicked)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Error();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();

    [GeneratedRegex(@"^(?:\d+:\s*|Caused by:\s*|Location:\s*)?(?:environment variable not found|NotPresent)\W*$", RegexOptions.CultureInvariant)]
    private static partial Regex Cause();
}
