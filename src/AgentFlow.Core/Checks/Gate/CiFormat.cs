using System.Text;

namespace AgentFlow.Checks.Gate;

/// <summary>How results are shown to a CI system: workflow commands on standard output and a Markdown summary.</summary>
public static class CiFormat
{
    /// <summary>A GitHub Actions workflow command, or null for a result that needs no annotation.</summary>
    public static string? GitHub(CheckResult result) => Level(result.Outcome) is { } level
        ? $"::{level} title={Property($"{result.CheckId} {result.Title}: {result.Target}")}::{Data(Sentence(result))}"
        : null;

    /// <summary>An Azure Pipelines logging command, or null for a result that needs no annotation.</summary>
    public static string? Azure(CheckResult result) => Level(result.Outcome) is { } level
        ? $"##vso[task.logissue type={(level == "error" ? "error" : "warning")};code={AzureProperty(result.CheckId)}]{AzureData($"{result.Title}: {result.Target}: {Sentence(result)}")}"
        : null;

    /// <summary>The table for the job summary.</summary>
    public static string Markdown(IReadOnlyList<CheckResult> results, GateVerdict verdict)
    {
        StringBuilder text = new();
        text.Append("### AgentFlow: ").Append(verdict.ExitCode == 0 ? "passed" : "not passed").Append(" - ").AppendLine(Cell(verdict.Reason));
        text.AppendLine().AppendLine("| Check | Target | Outcome | Reason |").AppendLine("|---|---|---|---|");
        foreach (CheckResult result in results)
        {
            text.AppendLine($"| {result.CheckId} {Cell(result.Title)} | {Cell(result.Target)} | {result.Outcome} | {Cell(result.Reason)} |");
        }

        return text.AppendLine().ToString();
    }

    private static string? Level(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Fail or CheckOutcome.Error => "error",
        CheckOutcome.Warn or CheckOutcome.Inconclusive => "warning",
        _ => null,
    };

    private static string Sentence(CheckResult result) => result.Remediation is { } fix ? $"{result.Reason} {fix}" : result.Reason;

    // A reason may quote what an outside system said; unescaped it could speak workflow commands of its own.
    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string AzureData(string text) => text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string AzureProperty(string text) => AzureData(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
