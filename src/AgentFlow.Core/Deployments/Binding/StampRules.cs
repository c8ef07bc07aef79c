using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>AFD007: what the running application says it is.</summary>
internal static class StampRules
{
    private const int ShortestCommit = 7;

    public static CheckFinding Compare(Deployment deployment, LiveStamp? stamp, Uri origin)
    {
        if (stamp is null)
        {
            return CheckFinding.Inconclusive($"{origin.Authority} sends no stamp.", "Let the app send VERCEL_DEPLOYMENT_ID or the commit where app.stampHeader or app.stampPath says, or correct these.");
        }

        string value = stamp.Value.Trim();
        if (value.StartsWith("dpl_", StringComparison.Ordinal))
        {
            return string.Equals(value, deployment.Id, StringComparison.Ordinal)
                ? CheckFinding.Pass($"{origin.Authority} says {value} ({stamp.Place}).")
                : Other(origin, deployment.Id, value);
        }

        if (value.Length < ShortestCommit || !value.All(char.IsAsciiHexDigit))
        {
            return CheckFinding.Inconclusive($"The stamp at {stamp.Place} is neither a deployment id nor a commit.", "Let the app send VERCEL_DEPLOYMENT_ID or VERCEL_GIT_COMMIT_SHA.");
        }

        if (deployment.CommitSha is not { } commit)
        {
            return CheckFinding.Inconclusive("The app names a commit, and Vercel names none for this deployment.", "Let the app send VERCEL_DEPLOYMENT_ID.");
        }

        return commit.StartsWith(value, StringComparison.OrdinalIgnoreCase)
            ? CheckFinding.Pass($"{origin.Authority} says commit {SourceRules.Short(value)}, the deployment's own ({stamp.Place}).")
            : Other(origin, commit, value);
    }

    private static CheckFinding Other(Uri origin, string expected, string actual) => CheckFinding.Fail(
        $"{origin.Authority} is run by another build.", expected, actual, "Look where the domain points (AFD006); if that is right, a cache or a proxy answers with an old build.");
}
