using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>AFD004 and AFD005: the pinned repository has the commit, and the expected branch has it. The second matters because a fork's commits can be read through the first.</summary>
internal static class CommitRules
{
    public static async Task<CheckFinding> ExistsAsync(BindingFacts facts, CancellationToken cancellationToken)
    {
        if (Undecided(facts) is { } undecided)
        {
            return undecided;
        }

        (long pin, string commit) = (facts.Config.GitHub.RepositoryId!.Value, facts.Deployment.CommitSha!);
        if (await facts.RepositoryAsync(pin, cancellationToken).ConfigureAwait(false) is not { } repository)
        {
            return Pins.HiddenRepository(pin);
        }

        return await facts.HasCommitAsync(repository, commit, cancellationToken).ConfigureAwait(false)
            ? CheckFinding.Pass($"{repository} has commit {SourceRules.Short(commit)}.")
            : CheckFinding.Fail("The pinned repository has no such commit.", $"a commit of {repository}", commit, "Do not promote it: it was built from elsewhere, or its history was rewritten. Redeploy from the branch.");
    }

    public static async Task<CheckFinding> OnBranchAsync(BindingFacts facts, CancellationToken cancellationToken)
    {
        if (Undecided(facts) is { } undecided)
        {
            return undecided;
        }

        Deployment deployment = facts.Deployment;
        string production = facts.Config.GitHub.ProductionBranch;
        (long pin, string commit) = (facts.Config.GitHub.RepositoryId!.Value, deployment.CommitSha!);
        if (await facts.RepositoryAsync(pin, cancellationToken).ConfigureAwait(false) is not { } repository)
        {
            return Pins.HiddenRepository(pin);
        }

        string? expected = deployment.IsProduction ? production : deployment.CommitRef;
        if (expected is null)
        {
            return CheckFinding.Inconclusive("Vercel does not say from which branch it was built.", "Redeploy it from git: new deployments record their branch.");
        }

        BranchPosition position = await facts.LocateCommitAsync(repository, commit, expected, cancellationToken).ConfigureAwait(false);
        if (position == BranchPosition.BranchMissing && !deployment.IsProduction && expected != production)
        {
            return await facts.LocateCommitAsync(repository, commit, production, cancellationToken).ConfigureAwait(false) == BranchPosition.OnBranch
                ? CheckFinding.Pass($"Its branch '{expected}' is gone, and its commit is on '{production}'.")
                : CheckFinding.Inconclusive($"Its branch '{expected}' is not in the pinned repository: deleted since, or a fork's.", "Push the branch again, or redeploy from one that exists.");
        }

        return (position, deployment.IsProduction) switch
        {
            (BranchPosition.OnBranch, true) when deployment.CommitRef is { } built && built != production => CheckFinding.Warn(
                $"Its commit is on '{production}', but it was built as branch '{built}'.", $"Let production be built from '{production}' alone."),
            (BranchPosition.OnBranch, _) => CheckFinding.Pass($"Commit {SourceRules.Short(commit)} is on '{expected}'."),
            (BranchPosition.NotOnBranch, false) => CheckFinding.Warn($"Its commit is no longer on '{expected}': the branch was rewritten since.", "Look at the branch's newest deployment instead."),
            (BranchPosition.NotOnBranch, true) => CheckFinding.Fail(
                $"Its commit is not on '{expected}'.", $"a commit of '{expected}'", Where(deployment), $"Merge it into '{expected}' and let production be built from there, or promote a deployment that was."),
            (BranchPosition.BranchMissing, _) => CheckFinding.Fail(
                $"The pinned repository has no branch '{expected}'.", expected, "no such branch", "Correct github.productionBranch in agentflow.json, or find out who removed the branch."),
            _ => CheckFinding.Fail("The pinned repository has no such commit.", $"a commit of '{expected}'", Where(deployment), "Do not promote it: it was built from elsewhere, or its history was rewritten."),
        };
    }

    private static CheckFinding? Undecided(BindingFacts facts)
    {
        if (facts.Config.GitHub.RepositoryId is null)
        {
            return Pins.NoRepository();
        }

        if (SourceRules.IsUpload(facts.Deployment))
        {
            return CheckFinding.Inconclusive("It was uploaded: what it says about a commit is the uploader's word.", "Push the change to the pinned repository and let Vercel build it.");
        }

        return facts.Deployment.CommitSha is null
            ? CheckFinding.Inconclusive("Vercel does not say from which commit it was built.", "Redeploy it from git: new deployments record their commit.")
            : null;
    }

    private static string Where(Deployment deployment) => deployment.CommitRef is { } branch ? $"{deployment.CommitSha} (built as '{branch}')" : deployment.CommitSha!;
}
