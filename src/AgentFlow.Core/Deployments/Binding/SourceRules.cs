using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>AFD003 and AFD009: the deployment was built from git by the platform, and from the pinned repository.</summary>
internal static class SourceRules
{
    private const string Remedy = "Push the change to the pinned repository and let Vercel build it; forbid uploads to this project.";

    /// <summary>True for what somebody sent from a machine: everything that it says about a commit is a claim.</summary>
    public static bool IsUpload(Deployment deployment) => deployment.Source is "cli" or "drop" or "v0-web";

    public static CheckFinding Source(Deployment deployment)
    {
        if (IsUpload(deployment))
        {
            return CheckFinding.Fail("It was uploaded, not built from a commit.", "git", deployment.Source, Remedy);
        }

        if (deployment.UncommittedChanges)
        {
            return CheckFinding.Fail("It was made from a working tree with changes that are in no commit.", "a clean commit", "uncommitted changes", Remedy);
        }

        return deployment.Source switch
        {
            null => CheckFinding.Inconclusive("Vercel does not say how it was made.", "Redeploy it from git: new deployments record their source."),
            "redeploy" when deployment.GitProvider is null => CheckFinding.Inconclusive("It is a redeployment of something whose git source is not recorded.", "Redeploy the commit from git instead."),
            "git" or "api-trigger-git-deploy" or "git-deploy-hook" or "import" or "import/repo" or "clone/repo" or "redeploy" => deployment.CommitSha is null
                ? CheckFinding.Inconclusive($"It says '{deployment.Source}', but names no commit.", "Redeploy it from git: new deployments record their commit.")
                : CheckFinding.Pass($"It was built from commit {Short(deployment.CommitSha)} ({deployment.Source})."),
            string other => CheckFinding.Inconclusive($"It was made in a way that this module does not know: '{other}'.", "Look at the deployment's source in the Vercel dashboard."),
        };
    }

    public static CheckFinding BuiltRepository(AfConfig config, Deployment deployment)
    {
        if (config.GitHub.RepositoryId is not { } pin)
        {
            return Pins.NoRepository();
        }

        if (IsUpload(deployment))
        {
            return CheckFinding.Inconclusive("It was uploaded: what it says about a repository is the uploader's word.", Remedy);
        }

        return RepositoryPin.Compare(config.GitHub, pin, deployment.GitProvider, deployment.RepositoryId, deployment.Organisation, deployment.Repository, "It was built", "Do not promote it. Find out how that repository came to deploy here, and deploy from the pinned one.")
            ?? CheckFinding.Pass($"It was built from repository {pin}.");
    }

    public static string Short(string commitSha) => commitSha.Length > 12 ? commitSha[..12] : commitSha;
}
