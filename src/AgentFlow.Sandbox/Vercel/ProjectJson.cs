using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>A project as Vercel sends it.</summary>
internal sealed class ProjectJson(SandboxState sandbox, VercelState state)
{
    private const int LatestDeployments = 4;

    public JsonObject Full(VercelProject project)
    {
        VercelDeployment[] deployments = [.. state.Deployments.Where(one => one.ProjectId == project.Id)];
        JsonObject json = new()
        {
            ["id"] = project.Id,
            ["name"] = project.Name,
            ["accountId"] = VercelState.TeamId,
            ["createdAt"] = project.CreatedAt,
            ["updatedAt"] = project.CreatedAt,
            ["framework"] = "nextjs",
            ["nodeVersion"] = "22.x",
            ["directoryListing"] = false,
            ["deploymentExpiration"] = new JsonObject(),
            ["resourceConfig"] = new JsonObject { ["functionDefaultRegions"] = new JsonArray("fra1") },
            ["defaultResourceConfig"] = new JsonObject { ["functionDefaultRegions"] = new JsonArray("fra1") },
            ["autoAssignCustomDomains"] = project.AutoAssign,
            ["autoExposeSystemEnvs"] = true,
            ["live"] = true,
            ["paused"] = sandbox.Has(Trait.Paused),
            ["rollingRelease"] = null,
            ["ssoProtection"] = project.IsProtected ? new JsonObject { ["deploymentType"] = "all" } : null,
            ["lastAliasRequest"] = project.LastRequest is { } request ? Request(request) : null,
            ["lastRollbackTarget"] = project.PinnedDeployment is { } pinned ? new JsonObject { ["deploymentId"] = pinned } : null,
            ["alias"] = new JsonArray([.. Addresses(project).Select(alias => new JsonObject
            {
                ["domain"] = alias.Host,
                ["environment"] = "production",
                ["target"] = "PRODUCTION",
                ["deployment"] = null,
            })]),
            ["latestDeployments"] = new JsonArray([.. deployments.Take(LatestDeployments).Select(Brief)]),
            ["targets"] = Targets(deployments),
            ["env"] = new JsonArray([.. state.Variables.Where(one => one.ProjectId == project.Id).Select(one => VariableJson.Write(one, sandbox.Canary, false))]),
        };
        if (project.Link is { } link)
        {
            json["link"] = new JsonObject
            {
                ["type"] = "github",
                ["org"] = link.Owner,
                ["repo"] = link.Repository,
                ["repoId"] = link.RepositoryId,
                ["repoOwnerId"] = GitHub.GitHubState.OwnerId,
                ["createdAt"] = project.CreatedAt,
                ["updatedAt"] = project.CreatedAt,
                ["deployHooks"] = new JsonArray(),
                ["gitCredentialId"] = "cred_rehearsal",
                ["sourceless"] = true,
                ["productionBranch"] = link.ProductionBranch,
            };
        }

        return json;
    }

    private IEnumerable<VercelAlias> Addresses(VercelProject project) => state.Aliases.Values.Where(alias => state.Domains.GetValueOrDefault(alias.Host) == project.Id);

    private JsonObject Request(AliasRequest request) => new()
    {
        ["fromDeploymentId"] = request.From ?? string.Empty,
        ["toDeploymentId"] = request.To,
        ["jobStatus"] = request.JobStatus(sandbox.NowMilliseconds),
        ["requestedAt"] = request.RequestedAt,
        ["type"] = request.Type,
    };

    // The deployment that production points at, which need not be the newest.
    private JsonObject Targets(VercelDeployment[] deployments)
    {
        VercelDeployment? serving = deployments.FirstOrDefault(one => one.Target == "production" && state.AliasesOf(one).Any());
        return serving is null ? [] : new() { ["production"] = Brief(serving) };
    }

    private JsonObject Brief(VercelDeployment deployment)
    {
        string[] hosts = [.. state.AliasesOf(deployment).Select(alias => alias.Host)];
        JsonObject meta = new DeploymentJson(sandbox, state).Meta(deployment);
        return new()
        {
            ["id"] = deployment.Id,
            ["name"] = deployment.ProjectName,
            ["url"] = deployment.Url,
            ["deploymentHostname"] = deployment.Url,
            ["alias"] = new JsonArray([.. hosts.Select(host => JsonValue.Create(host))]),
            ["aliasAssigned"] = hosts.Length > 0 ? JsonValue.Create(deployment.ReadyAt) : JsonValue.Create(false),
            ["aliasError"] = null,
            ["createdAt"] = deployment.CreatedAt,
            ["createdIn"] = "iad1",
            ["creator"] = new JsonObject { ["uid"] = VercelState.UserId, ["email"] = "operator@agentflow.invalid", ["username"] = "ada-operator" },
            ["meta"] = meta,
            ["plan"] = "pro",
            ["private"] = true,
            ["readyState"] = deployment.State,
            ["target"] = deployment.Target,
            ["teamId"] = VercelState.TeamId,
            ["type"] = "LAMBDAS",
            ["userId"] = VercelState.UserId,
        };
    }
}
