using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD038: the deployment under test took the lead.</summary>
internal static class TakenBuildRule
{
    public static CheckFinding Judge(AfConfig config, LeadTarget target, LeadReceipt receipt)
    {
        if (config.App.StampHeader is not { } header)
        {
            return CheckFinding.Skipped("The config names no stamp header.", "Let the app send its deployment id (VERCEL_DEPLOYMENT_ID) in a header and name it in agentflow.json as app.stampHeader.");
        }

        string expected = target.CommitSha is { } sha ? $"{target.DeploymentId} or {sha}" : target.DeploymentId;
        return receipt.Platform is not null
            ? CheckFinding.Inconclusive("The platform answered in the app's place.", "See the record of AFD030.") with { Expected = expected }
            : receipt.Stamp is not { } stamp
            ? CheckFinding.Inconclusive($"The answer carries no {header}.", "Send the deployment id with every answer, also of the API.") with { Expected = expected }
            : StampRule.Compare(stamp, target.DeploymentId, target.CommitSha) switch
            {
                StampMatch.Same => CheckFinding.Pass("The deployment under test answered."),
                StampMatch.Other => CheckFinding.Fail("Another build took the lead.", expected, Routes.RouteTrail.Shown(stamp), "Test the deployment that is meant, or see what stands in front of it (rewrites, skew protection)."),
                _ => CheckFinding.Inconclusive("The stamp is neither a deployment id nor a commit that could be compared.", "Send VERCEL_DEPLOYMENT_ID or VERCEL_GIT_COMMIT_SHA as the stamp.") with { Expected = expected, Actual = Routes.RouteTrail.Shown(stamp) },
            };
    }
}
