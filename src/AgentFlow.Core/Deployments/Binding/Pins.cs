using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>What a check says when the config does not name what to compare with.</summary>
internal static class Pins
{
    public static CheckFinding NoProject() => CheckFinding.Inconclusive("The config pins no Vercel project.", "Set vercel.projectId (prj_...) in agentflow.json; New-AfConfig finds it.");

    public static CheckFinding NoRepository() => CheckFinding.Inconclusive("The config pins no GitHub repository.", "Set github.repositoryId in agentflow.json; New-AfConfig finds it.");

    public static CheckFinding HiddenRepository(long pin) => CheckFinding.Inconclusive(
        $"The pinned repository {pin} does not show itself to the GitHub token.", "Give the token Contents: read on it; if the repository is gone, find out why before anything is deployed.");
}
