using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>A deployment as the list (with <c>uid</c>) and the single read (with <c>id</c>) send it.</summary>
internal sealed class DeploymentJson(SandboxState sandbox, VercelState state)
{
    private static readonly string[] s_regions = ["fra1"];

    public JsonObject Listed(VercelDeployment deployment)
    {
        JsonObject json = new()
        {
            ["uid"] = deployment.Id,
            ["name"] = deployment.ProjectName,
            ["projectId"] = deployment.ProjectId,
            ["url"] = deployment.Url,
            ["created"] = deployment.CreatedAt,
            ["createdAt"] = deployment.CreatedAt,
            ["state"] = deployment.State,
            ["readyState"] = deployment.State,
            ["type"] = "LAMBDAS",
            ["creator"] = Creator(),
            ["inspectorUrl"] = Inspector(deployment),
            ["meta"] = Meta(deployment),
            ["target"] = deployment.Target,
            ["aliasError"] = null,
            ["aliasAssigned"] = state.AliasesOf(deployment).Any() ? JsonValue.Create(deployment.ReadyAt) : JsonValue.Create(false),
            ["isRollbackCandidate"] = IsRollbackCandidate(deployment),
        };
        AddTimes(json, deployment);
        return json;
    }

    public JsonObject Full(VercelDeployment deployment, bool withRepository)
    {
        string[] aliases = [.. state.AliasesOf(deployment).Select(alias => alias.Host)];
        JsonObject json = new()
        {
            ["id"] = deployment.Id,
            ["name"] = deployment.ProjectName,
            ["projectId"] = deployment.ProjectId,
            ["url"] = deployment.Url,
            ["createdAt"] = deployment.CreatedAt,
            ["status"] = deployment.State,
            ["readyState"] = deployment.State,
            ["type"] = "LAMBDAS",
            ["version"] = 2,
            ["creator"] = Maker(),
            ["inspectorUrl"] = Inspector(deployment),
            ["meta"] = Meta(deployment),
            ["target"] = deployment.Target,
            ["alias"] = new JsonArray([.. aliases.Select(alias => JsonValue.Create(alias))]),
            ["aliasAssigned"] = aliases.Length > 0,
            ["aliasAssignedAt"] = aliases.Length > 0 ? deployment.ReadyAt : null,
            ["aliasError"] = null,
            ["autoAssignCustomDomains"] = state.Project(deployment.ProjectId)?.AutoAssign ?? true,
            ["bootedAt"] = deployment.BuildingAt ?? deployment.CreatedAt,
            ["buildSkipped"] = false,
            ["build"] = new JsonObject { ["env"] = Names(deployment) },
            ["env"] = Names(deployment),
            ["isInConcurrentBuildsQueue"] = deployment.State == "QUEUED",
            ["isInSystemBuildsQueue"] = false,
            ["projectSettings"] = new JsonObject { ["framework"] = "nextjs", ["buildCommand"] = null, ["outputDirectory"] = null },
            ["public"] = false,
            ["regions"] = new JsonArray([.. s_regions.Select(region => JsonValue.Create(region))]),
            ["plan"] = "pro",
            ["createdIn"] = "iad1",
            ["ownerId"] = VercelState.TeamId,
            ["team"] = new JsonObject { ["id"] = VercelState.TeamId, ["name"] = sandbox.Canary.In("AgentFlow Example"), ["slug"] = VercelState.TeamSlug },
            ["routes"] = null,
        };
        AddTimes(json, deployment);
        json["buildingAt"] ??= deployment.BuildingAt ?? deployment.CreatedAt;
        if (deployment.ErrorCode is not null)
        {
            json["errorStep"] = "buildStep";
        }

        if (deployment is { CommitSha: not null, RepositoryId: not null })
        {
            json["gitSource"] = new JsonObject { ["type"] = "github", ["repoId"] = deployment.RepositoryId, ["ref"] = deployment.Branch, ["sha"] = deployment.CommitSha, ["prId"] = null };
            if (withRepository)
            {
                json["gitRepo"] = Repository(deployment);
            }
        }

        return json;
    }

    private static void AddTimes(JsonObject json, VercelDeployment deployment)
    {
        (string Name, JsonNode? Value)[] optional =
        [
            ("source", deployment.Source), ("readySubstate", deployment.Substate), ("buildingAt", deployment.BuildingAt), ("ready", deployment.ReadyAt),
            ("errorCode", deployment.ErrorCode), ("errorMessage", deployment.ErrorMessage),
        ];
        foreach ((string name, JsonNode? value) in optional)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }

    private static JsonArray Names(VercelDeployment deployment) => new([.. deployment.Environment.Keys.Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);

    private static string Inspector(VercelDeployment deployment) => $"https://vercel.com/{VercelState.TeamSlug}/{deployment.ProjectName}/{deployment.Id["dpl_".Length..]}";

    private JsonObject Maker() => new() { ["uid"] = VercelState.UserId, ["username"] = sandbox.Canary.In("ada-operator") };

    // The list says more of who made it than the single answer does.
    private JsonObject Creator()
    {
        JsonObject creator = Maker();
        (creator["email"], creator["githubLogin"]) = ("operator@agentflow.invalid", "octo-maintainer");
        return creator;
    }

    public JsonObject Meta(VercelDeployment deployment)
    {
        JsonObject meta = [];
        if (deployment is { CommitSha: { } sha, RepositoryId: { } repository })
        {
            string id = repository.ToString(CultureInfo.InvariantCulture);
            string name = deployment.ProjectId == VercelState.ProjectId ? GitHubState.Name : "landing";
            meta["githubCommitSha"] = sha;
            meta["githubCommitRef"] = deployment.Branch;
            meta["githubCommitMessage"] = sandbox.Canary.In(deployment.CommitMessage ?? string.Empty);
            meta["githubCommitAuthorName"] = sandbox.Canary.In("Octo Maintainer");
            meta["githubCommitAuthorLogin"] = "octo-maintainer";
            meta["githubCommitOrg"] = GitHubState.Owner;
            meta["githubCommitRepo"] = name;
            meta["githubCommitRepoId"] = id;
            meta["githubOrg"] = GitHubState.Owner;
            meta["githubRepo"] = name;
            meta["githubRepoId"] = id;
            meta["githubRepoOwnerType"] = "Organization";
            meta["githubDeployment"] = "1";
        }

        foreach ((string name, string value) in deployment.ExtraMeta)
        {
            meta[name] = sandbox.Canary.In(value);
        }

        return meta;
    }

    private static JsonObject Repository(VercelDeployment deployment) => new()
    {
        ["type"] = "github",
        ["namespace"] = GitHubState.Owner,
        ["org"] = GitHubState.Owner,
        ["repo"] = GitHubState.Name,
        ["repoId"] = deployment.RepositoryId,
        ["path"] = $"{GitHubState.Owner}/{GitHubState.Name}",
        ["name"] = GitHubState.Name,
        ["defaultBranch"] = GitHubState.MainBranch,
        ["private"] = true,
        ["ownerType"] = "team",
        ["repoOwnerId"] = GitHubState.OwnerId,
    };

    private bool? IsRollbackCandidate(VercelDeployment deployment) =>
        deployment is { Target: "production", IsReady: true } && !state.AliasesOf(deployment).Any();
}
