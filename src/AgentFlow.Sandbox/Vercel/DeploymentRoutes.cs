using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Lists, reads, creates and cancels deployments.</summary>
internal sealed class DeploymentRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    private readonly DeploymentCreation _creation = new(vercel, sandbox, errors);

    public void Map(ProviderRoutes routes)
    {
        routes.On("GET", "/v6/deployments", List);
        routes.On("GET", "/v7/deployments", List);
        routes.On("GET", "/v13/deployments/{idOrUrl}", Get);
        routes.On("POST", "/v13/deployments", _creation.Create);
        routes.On("PATCH", "/v12/deployments/{id}/cancel", Cancel);
        routes.On("GET", "/v11/deployments/{id}/builds", Builds);
    }

    private Answer List(Call call)
    {
        VercelState state = vercel.State;
        IEnumerable<VercelDeployment> found = VercelGate.IsTeam(call) ? state.Deployments : [];
        if (call.Query("projectId") is { } project)
        {
            string? id = state.Project(project)?.Id;
            found = found.Where(one => one.ProjectId == id);
        }

        if (call.Http.Request.Query["projectIds"] is { Count: > 0 } ids)
        {
            HashSet<string> wanted = [.. ids.SelectMany(id => id!.Split(','))];
            found = found.Where(one => wanted.Contains(one.ProjectId));
        }

        if (call.Query("app") is { } app)
        {
            found = found.Where(one => one.ProjectName == app);
        }

        if (call.Query("target") is { } target)
        {
            found = found.Where(one => (one.Target ?? "preview") == target);
        }

        if (call.Query("state") is { } states)
        {
            HashSet<string> wanted = new(states.Split(','), StringComparer.OrdinalIgnoreCase);
            found = found.Where(one => wanted.Contains(one.State));
        }

        if (call.Query("branch") is { } branch)
        {
            found = found.Where(one => one.Branch == branch);
        }

        if (call.Query("sha") is { } sha)
        {
            found = found.Where(one => one.CommitSha == sha);
        }

        if (call.Query("users") is { } users)
        {
            found = found.Where(_ => users.Split(',').Contains(VercelState.UserId));
        }

        if (call.Query("rollbackCandidate") == "true")
        {
            found = found.Where(one => one is { Target: "production", IsReady: true } && !state.AliasesOf(one).Any());
        }

        (IReadOnlyList<VercelDeployment> items, JsonObject pagination) = VercelPage.Cut(call, found, one => one.CreatedAt);
        DeploymentJson json = new(sandbox, state);
        return Answer.Ok(new JsonObject { ["deployments"] = new JsonArray([.. items.Select(json.Listed)]), ["pagination"] = pagination });
    }

    private Answer Get(Call call) => vercel.Find(call, call.Path("idOrUrl")) is { } deployment
        ? Answer.Ok(new DeploymentJson(sandbox, vercel.State).Full(deployment, call.Query("withGitRepoInfo") == "true"))
        : errors.NotFound("Deployment");

    private Answer Cancel(Call call)
    {
        if (vercel.Find(call, call.Path("id")) is not { } deployment)
        {
            return errors.NotFound("Deployment");
        }

        if (deployment.IsOver)
        {
            return errors.BadRequest("the deployment is not being built");
        }

        (deployment.State, deployment.FinishesAt) = ("CANCELED", null);
        return Answer.Ok(new DeploymentJson(sandbox, vercel.State).Full(deployment, false));
    }

    private Answer Builds(Call call) => vercel.Find(call, call.Path("id")) is { } deployment
        ? Answer.Ok(new JsonObject
        {
            ["builds"] = new JsonArray(new JsonObject { ["id"] = "bld_" + deployment.Id[4..13], ["deploymentId"] = deployment.Id, ["entrypoint"] = ".", ["readyState"] = deployment.State, ["createdAt"] = deployment.CreatedAt }),
        })
        : errors.NotFound("Deployment");
}
