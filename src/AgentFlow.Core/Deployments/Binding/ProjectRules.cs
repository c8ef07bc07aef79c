using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>AFD001 and AFD002: the deployment is the pinned project's, and that project builds from the pinned repository. Ids decide; names only explain.</summary>
internal static class ProjectRules
{
    public static CheckFinding Project(AfConfig config, Deployment deployment)
    {
        if (config.Vercel.ProjectId is not { } pin)
        {
            return Pins.NoProject();
        }

        if (deployment.ProjectId is not { } actual)
        {
            return CheckFinding.Inconclusive("Vercel does not say which project the deployment belongs to.", "Use a token of the team that owns the project: the public part of a deployment leaves the project out.");
        }

        if (string.Equals(actual, pin, StringComparison.Ordinal))
        {
            return CheckFinding.Pass($"It belongs to {deployment.ProjectName ?? pin} ({pin}).");
        }

        bool sameName = deployment.ProjectName is { } name && string.Equals(name, config.Vercel.ProjectName, StringComparison.OrdinalIgnoreCase);
        return CheckFinding.Fail(
            sameName ? "It belongs to another project that only has the same name." : "It belongs to another project.",
            pin,
            deployment.ProjectName is { } other ? $"{actual} ({other})" : actual,
            "Do not promote it. Find out who deploys to that project, and deploy to the pinned one.");
    }

    public static async Task<CheckFinding> RepositoryLinkAsync(BindingFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Config.Vercel.ProjectId is not { } pin)
        {
            return Pins.NoProject();
        }

        if (facts.Config.GitHub.RepositoryId is not { } repository)
        {
            return Pins.NoRepository();
        }

        HostedProject project = await facts.ProjectAsync(pin, cancellationToken).ConfigureAwait(false);
        if (project.Link is not { } link)
        {
            return CheckFinding.Fail("The project is linked to no repository: whatever it serves was uploaded.", $"GitHub repository {repository}", "no link", "Link the project to the pinned repository (Project Settings, Git).");
        }

        CheckFinding? wrong = RepositoryPin.Compare(facts.Config.GitHub, repository, link.Provider, link.RepositoryId, link.Organisation, link.Repository, "The project builds", "Link the project to the pinned repository again (Project Settings, Git), and redeploy from it.");
        if (wrong is not null)
        {
            return wrong;
        }

        string branch = facts.Config.GitHub.ProductionBranch;
        return link.ProductionBranch is { } linked && !string.Equals(linked, branch, StringComparison.Ordinal)
            ? CheckFinding.Warn($"It builds from the pinned repository, but takes production from branch '{linked}' and not from '{branch}'.", "Set the production branch of the project, or github.productionBranch in agentflow.json, to the right one.")
            : CheckFinding.Pass($"It builds from {link} ({repository}).");
    }
}
