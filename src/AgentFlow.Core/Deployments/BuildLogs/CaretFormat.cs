using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Node's source excerpt whose caret stands behind an access to the environment, followed by the error that the value is undefined.</summary>
internal sealed partial class CaretFormat : ILogFormat
{
    private const int Lasts = 4;

    private string? _source;
    private string? _name;
    private int _age;

    public string Name => "source excerpt";

    public bool IsOpen => _name is not null;

    public void Read(CleanLine line, ScanContext context)
    {
        if (_name is { } name)
        {
            if (Undefined().IsMatch(line.Trimmed))
            {
                context.Report(this, name, line.Number, "Node.js");
                _name = null;
            }
            else if (++_age > Lasts)
            {
                _name = null;
            }
        }

        if (line.HasCapitals && Falsy().Match(line.Trimmed) is { Success: true } falsy && EnvName.IsCapital(falsy.Groups["name"].ValueSpan) && context.Recent.Any(text => text.Contains("falsy value", StringComparison.Ordinal)))
        {
            context.Report(this, falsy.Groups["name"].ValueSpan, line.Number, "Node.js");
        }

        if (_source is { } source && line.Trimmed.AsSpan().TrimEnd('^').IsEmpty && !line.IsEmpty)
        {
            foreach (Match access in Access().Matches(source))
            {
                if (access.Index + access.Length == line.Indent && EnvName.IsCapital(access.Groups["name"].ValueSpan))
                {
                    (_name, _age) = (access.Groups["name"].Value, 0);
                }
            }
        }

        _source = line.Text.Contains(".env.", StringComparison.Ordinal) && line.Text.Length < 1_000 ? line.Text : null;
    }

    public void Break() => (_source, _name) = (null, null);

    [GeneratedRegex(@"\b(?:process|import\.meta|Bun)\.env\.(?<name>[A-Z][A-Z0-9_]+)!?\.", RegexOptions.CultureInvariant)]
    private static partial Regex Access();

    [GeneratedRegex(@"^(?:Uncaught )?TypeError: (?:Cannot read propert(?:y|ies) .*of (?:undefined|null)|undefined is not an object)", RegexOptions.CultureInvariant)]
    private static partial Regex Undefined();

    [GeneratedRegex(@"^assert(?:\.\w+)?\(\s*(?:process|import\.meta|Bun)\.env\.(?<name>[A-Z][A-Z0-9_]+)\s*[,)]", RegexOptions.CultureInvariant)]
    private static partial Regex Falsy();
}
