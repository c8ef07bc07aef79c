using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD026: the answers of one origin come from the deployment under test, and from no other.</summary>
internal static class BuildRule
{
    private const string FixOther = "The address serves another build: check the alias (Test-AfDeployment -Check Binding), wait for the promotion, or test the deployment that is meant.";

    /// <summary>Judges the stamps of all answers of one origin; null entries are answers without one.</summary>
    public static CheckFinding Judge(RouteTarget target, IReadOnlyList<string?> stamps)
    {
        string expected = target.CommitSha is { } sha ? $"{target.DeploymentId} or {sha}" : target.DeploymentId;
        string[] said = [.. stamps.OfType<string>().Distinct(StringComparer.Ordinal)];
        string[] others = [.. said.Where(stamp => StampRule.Compare(stamp, target.DeploymentId, target.CommitSha) == StampMatch.Other)];
        if (others.Length > 0)
        {
            bool mixed = said.Length > others.Length || others.Length > 1;
            return CheckFinding.Fail(
                mixed ? "Several builds answer at this address: the probes hit another build as well." : "The probes hit another build than the one under test.",
                expected,
                string.Join(", ", said.Select(Said)),
                FixOther);
        }

        if (said.Length == 0)
        {
            return CheckFinding.Inconclusive("No answer carries the configured stamp, so which build answered is not known.", "Send the deployment id in the header named by app.stampHeader, or correct the config.") with { Expected = expected };
        }

        int unreadable = said.Count(stamp => StampRule.Compare(stamp, target.DeploymentId, target.CommitSha) == StampMatch.Undecidable);
        return unreadable > 0
            ? CheckFinding.Inconclusive("The stamp is neither a deployment id nor a commit that could be compared.", "Send VERCEL_DEPLOYMENT_ID or VERCEL_GIT_COMMIT_SHA as the stamp.") with { Expected = expected, Actual = string.Join(", ", said.Select(Said)) }
            : CheckFinding.Pass($"{stamps.Count(stamp => stamp is not null)} of {stamps.Count} answers carry the stamp of this deployment, none another.");
    }

    // What is no id is a stranger's text and stays out of records.
    private static string Said(string stamp) => stamp.Length <= 64 && (stamp.StartsWith("dpl_", StringComparison.Ordinal) ? IsAlphanumeric(stamp.AsSpan(4)) : stamp.All(char.IsAsciiHexDigit)) ? stamp : "an unreadable stamp";

    private static bool IsAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes back what an answer of another build seems to prove.</summary>
    public static CheckFinding Qualify(CheckFinding finding, RouteTarget target, string? stamp)
    {
        if (stamp is null || StampRule.Compare(stamp, target.DeploymentId, target.CommitSha) != StampMatch.Other)
        {
            return finding;
        }

        string other = $"but another build ({Said(stamp)}) answered";
        return finding.Outcome is CheckOutcome.Pass or CheckOutcome.Warn
            ? finding with { Outcome = CheckOutcome.Inconclusive, Reason = $"{finding.Reason.TrimEnd('.')}, {other}.", Remediation = FixOther }
            : finding with { Reason = $"{finding.Reason.TrimEnd('.')}, {other}." };
    }
}
