using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Modules made of the environment at build time (SvelteKit's $env/static, Astro's astro:env) that lack a name the source imports.</summary>
internal sealed partial class ExportFormat : ILogFormat
{
    public string Name => "static export";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        string text = line.Trimmed;
        if (!line.HasCapitals || !text.Contains("export", StringComparison.Ordinal) || !Module().IsMatch(text))
        {
            return;
        }

        foreach (Match lack in Lack().Matches(text))
        {
            if (EnvName.IsCapital(lack.Groups["name"].ValueSpan))
            {
                context.Report(this, lack.Groups["name"].ValueSpan, line.Number);
            }
        }
    }

    public void Break()
    {
    }

    [GeneratedRegex(@"env/static/(?:private|public)|astro:env/(?:client|server)", RegexOptions.CultureInvariant)]
    private static partial Regex Module();

    [GeneratedRegex(
        """
        ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]\ is\ not\ exported\ by
        |for\ import\ ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]
        |export\ named\ ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Lack();
}
