using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Makes Vercel's side of a scenario.</summary>
internal static class VercelSeed
{
    public static VercelState Make(SandboxState sandbox, GitHubState github)
    {
        VercelState state = new();
        long now = sandbox.NowMilliseconds;
        GitHubCommit head = github.Find(github.MainHead)!;
        VercelDeployment production = Git("dpl_production", "production", GitHubState.MainBranch, head, now - 3_600_000);
        VercelDeployment preview = Git("dpl_preview", null, GitHubState.FeatureBranch, github.Find(github.Branches[GitHubState.FeatureBranch])!, now - 1_800_000);
        state.Deployments.AddRange([preview, production]);
        state.Aliases[sandbox.Ports.AliasHost] = production.Id;
        return state;

        VercelDeployment Git(string id, string? target, string branch, GitHubCommit commit, long created) => new()
        {
            Id = id,
            Url = sandbox.Ports.Take(id)!,
            ProjectId = VercelState.ProjectId,
            ProjectName = VercelState.ProjectName,
            Target = target,
            Source = "git",
            State = "READY",
            Substate = target is null ? null : "PROMOTED",
            CreatedAt = created,
            BuildingAt = created + 2_000,
            ReadyAt = created + 60_000,
            CommitSha = commit.Sha,
            CommitMessage = commit.Message,
            Branch = branch,
        };
    }
}
