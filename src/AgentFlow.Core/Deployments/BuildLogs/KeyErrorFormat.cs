using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Python's and Ruby's KeyError for a name in capitals, unless the trace shows that another dictionary was asked.</summary>
internal sealed partial class KeyErrorFormat : ILogFormat
{
    public string Name => "key error";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        string text = line.Trimmed;
        if (line.IsJson || !(text.Contains("KeyError", StringComparison.Ordinal) || text.Contains("key not found", StringComparison.Ordinal)))
        {
            return;
        }

        if (Lookup().Match(text) is { Success: true } match && EnvName.ShapeOf(match.Groups["name"].ValueSpan) is var shape)
        {
            string name = match.Groups["name"].Value;
            bool? isEnvironment = AskedEnvironment(name, context);
            if (isEnvironment == true ? shape is NameShape.Strong or NameShape.Weak : shape == NameShape.Strong && isEnvironment is null)
            {
                context.Report(this, name, line.Number, isEnvironment == true || text.StartsWith("KeyError: '", StringComparison.Ordinal) ? "Python" : null);
            }
        }
    }

    public void Break()
    {
    }

    // True when the trace asks the environment, false when it asks something else for this name, null when it does not say.
    private static bool? AskedEnvironment(string name, ScanContext context)
    {
        bool? answer = null;
        foreach (string line in context.Recent)
        {
            if (line.Contains("environ", StringComparison.Ordinal) || line.Contains("ENV.fetch", StringComparison.Ordinal) || line.Contains("ENV[", StringComparison.Ordinal))
            {
                return true;
            }

            if (line.Contains($"[\"{name}\"]", StringComparison.Ordinal) || line.Contains($"['{name}']", StringComparison.Ordinal))
            {
                answer = false;
            }
        }

        return answer;
    }

    [GeneratedRegex("""KeyError:?\s*\(?(?:key not found: )?["':](?<name>[A-Z][A-Z0-9_]+)["']?|key not found: ["'](?<name>[A-Z][A-Z0-9_]+)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Lookup();
}
