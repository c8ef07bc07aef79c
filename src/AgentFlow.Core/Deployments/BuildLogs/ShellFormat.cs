using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Shells that were told to stop at an unset variable: set -u and ${NAME:?message}.</summary>
internal sealed partial class ShellFormat : ILogFormat
{
    public string Name => "shell";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        if (!line.IsJson && line.HasCapitals && line.Trimmed.Contains(": ", StringComparison.Ordinal) && Unset().Match(line.Trimmed) is { Success: true } unset && EnvName.IsCapital(unset.Groups["name"].ValueSpan))
        {
            context.Report(this, unset.Groups["name"].ValueSpan, line.Number);
        }
    }

    public void Break()
    {
    }

    // The second form needs the place that a shell writes first, and a message that is about a value.
    [GeneratedRegex(
        """
        (?:^|[\s:])(?<name>[A-Z_][A-Z0-9_]*)(?:\[[^\]]*\])?:\ (?:unbound\ variable|parameter\ (?:null\ or\ )?not\ set)\b
        |^\S+:\ (?:line\ )?\d+:\ (?<name>[A-Z_][A-Z0-9_]*):\ (?!.*(?:\bnot\ found|[Nn]o\ such\ file|readonly|read-only|ambiguous\ redirect|[Pp]ermission\ denied|bad\ |[Ii]s\ a\ directory|cannot\ |syntax\ error|identifier)).+$
        |(?:^|[\s:])(?<name>[A-Z_][A-Z0-9_]*):\ \w+:\ does\ not\ exist\ \(no\ environment\ variable\)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Unset();
}
