using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>A log line of fields: its event or message says that variables are missing, and a field behind it names them.</summary>
internal sealed partial class LogfmtFormat : ILogFormat
{
    public string Name => "fields";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        string text = line.Trimmed;
        if (line.IsCode || !line.HasCapitals || !line.HasSubject || text.Length > 2_000 || !text.Contains('=') || Doubts.AreIn(text) || Said().Match(text) is not { Success: true } said || Doubts.Follow(text, said.Index))
        {
            return;
        }

        foreach (Capture name in said.Groups["name"].Captures)
        {
            if (EnvName.IsCapital(name.ValueSpan))
            {
                context.Report(this, name.ValueSpan, line.Number);
            }
        }
    }

    public void Break()
    {
    }

    // msg="missing env" vars="A,B"; error=Missing environment variable in config. name = "A"
    [GeneratedRegex(
        """
        (?i:missing|unset|undefined|absent|not[\ _](?:set|found|defined|provided|configured|present)|required)(?!\s*=).{0,120}?
        (?<![\w.])(?:env|environment|variable|var|name|key|secret|setting|missing)(?:[_-]?(?:var|variable|name|key))?s?\s*=\s*["'\[({]{0,2}
        (?<name>[A-Z][A-Z0-9_]+)(?:(?:\s*[,;|]\s*|\ )["']?(?<name>[A-Z][A-Z0-9_]+)\b(?!=)["']?)*(?=["'\])}\s,;]|$)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
