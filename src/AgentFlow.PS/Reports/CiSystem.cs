using System.Management.Automation.Host;
using AgentFlow.Checks.Gate;
using AgentFlow.Cmdlets.Pipeline;

namespace AgentFlow.Cmdlets.Reports;

/// <summary>The CI system that this process runs in, found by the variables that it sets.</summary>
internal sealed record CiSystem(CiKind Kind, string? SummaryPath)
{
    public static CiSystem Detect() => IsSet("GITHUB_ACTIONS")
        ? new(CiKind.GitHubActions, Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY"))
        : IsSet("TF_BUILD") ? new(CiKind.AzurePipelines, SummaryFile()) : new(CiKind.None, null);

    /// <summary>Writes annotations and the summary; true, so that it can be asked on the pipeline thread.</summary>
    public bool Report(PSHostUserInterface ui, IReadOnlyList<CheckResult> results, GateVerdict verdict, RecordRedactor redactor)
    {
        foreach (CheckResult result in results)
        {
            CheckResult clean = (CheckResult)redactor.Redact(result);
            if ((Kind == CiKind.GitHubActions ? CiFormat.GitHub(clean) : CiFormat.Azure(clean)) is { } line)
            {
                ui.WriteLine(line);
            }
        }

        if (SummaryPath is { Length: > 0 } path)
        {
            File.AppendAllText(path, redactor.Text(CiFormat.Markdown(results, verdict)));
            if (Kind == CiKind.AzurePipelines)
            {
                ui.WriteLine($"##vso[task.uploadsummary]{path}");
            }
        }

        return true;
    }

    private static bool IsSet(string variable) => string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);

    private static string? SummaryFile() => Environment.GetEnvironmentVariable("AGENT_TEMPDIRECTORY") is { Length: > 0 } folder
        ? Path.Combine(folder, $"agentflow-{Guid.NewGuid():N}.md")
        : null;
}
