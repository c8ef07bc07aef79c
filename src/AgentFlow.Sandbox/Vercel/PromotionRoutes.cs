using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Promote and instant rollback: accepted at once, done a moment later; <c>lastAliasRequest</c> of the project tells.</summary>
internal sealed class PromotionRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    public void Map(ProviderRoutes routes)
    {
        routes.On("POST", "/v10/projects/{project}/promote/{deployment}", call => Request(call, "promote"));
        routes.On("POST", "/v1/projects/{project}/rollback/{deployment}", call => Request(call, "rollback"));
        routes.On("POST", "/v9/projects/{project}/rollback/{deployment}", call => Request(call, "rollback"));
        routes.On("PATCH", "/v1/projects/{project}/rollback/{deployment}/update-description", call => vercel.Project(call, call.Path("project")) is null ? errors.NotFound("Project") : new(StatusCodes.Status200OK));
        routes.On("GET", "/v1/projects/{project}/promote/aliases", call => Moved(call, "promote"));
        routes.On("GET", "/v9/projects/{project}/promote/aliases", call => Moved(call, "promote"));
        routes.On("GET", "/v9/projects/{project}/rollback/aliases", call => Moved(call, "rollback"));
    }

    private Answer Request(Call call, string type)
    {
        VercelState state = vercel.State;
        if (vercel.Project(call, call.Path("project")) is not { } project)
        {
            return errors.NotFound("Project");
        }

        if (state.Find(call.Path("deployment")) is not { } target || target.ProjectId != project.Id)
        {
            return errors.BadRequest("the deployment does not belong to the project.");
        }

        if (project.LastRequest is { IsApplied: false })
        {
            return errors.Conflict("Another promote or rollback is in progress.");
        }

        if (!target.IsReady)
        {
            return errors.BadRequest("the deployment is not ready.");
        }

        if (target.Target != "production")
        {
            return errors.BadRequest("a preview deployment cannot be pointed at; build it for production.");
        }

        VercelDeployment? current = state.Deployments.FirstOrDefault(one => state.AliasesOf(one).Any(alias => state.Domains.GetValueOrDefault(alias.Host) == project.Id));
        if (current?.Id == target.Id && (type == "rollback" || project.AutoAssign))
        {
            return errors.Conflict("The deployment is already the current production deployment.");
        }

        project.LastRequest = new() { Type = type, From = current?.Id, To = target.Id, RequestedAt = sandbox.NowMilliseconds };
        return new(StatusCodes.Status201Created);
    }

    private Answer Moved(Call call, string type)
    {
        if (vercel.Project(call, call.Path("project")) is not { } project)
        {
            return errors.NotFound("Project");
        }

        if (project.LastRequest is not { } request || request.Type != type)
        {
            return Answer.Ok(new JsonObject());
        }

        string status = request.IsApplied ? "completed" : "pending";
        JsonNode[] aliases = call.Query("failedOnly") == "true" ? [] :
        [
            .. vercel.State.Aliases.Values.Where(alias => vercel.State.Domains.GetValueOrDefault(alias.Host) == project.Id)
                .Select(alias => new JsonObject { ["alias"] = alias.Host, ["id"] = alias.Uid, ["status"] = status }),
        ];
        return Answer.Ok(new JsonObject { ["aliases"] = new JsonArray(aliases), ["pagination"] = VercelPage.Json(aliases.Length, null, null) });
    }
}
