using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Which project owns a domain, and which deployment an address points at.</summary>
internal sealed class AddressRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    public void Map(ProviderRoutes routes)
    {
        routes.On("GET", "/v9/projects/{idOrName}/domains", Domains);
        routes.On("GET", "/v9/projects/{idOrName}/domains/{domain}", Domain);
        routes.On("GET", "/v4/aliases", Aliases);
        routes.On("GET", "/v4/aliases/{idOrAlias}", Alias);
        routes.On("GET", "/v2/deployments/{id}/aliases", DeploymentAliases);
        routes.On("POST", "/v2/deployments/{id}/aliases", Assign);
    }

    private static string Created(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject DomainJson(string name, VercelProject project) => new()
    {
        ["name"] = name,
        ["apexName"] = name,
        ["projectId"] = project.Id,
        ["redirect"] = null,
        ["redirectStatusCode"] = null,
        ["gitBranch"] = null,
        ["createdAt"] = project.CreatedAt,
        ["updatedAt"] = project.CreatedAt,
        ["verified"] = true,
    };

    private Answer Domains(Call call)
    {
        if (vercel.Project(call, call.Path("idOrName")) is not { } project)
        {
            return errors.NotFound("Project");
        }

        JsonNode[] domains = [.. vercel.State.Domains.Where(pair => pair.Value == project.Id).Select(pair => DomainJson(pair.Key, project))];
        return Answer.Ok(new JsonObject { ["domains"] = new JsonArray(domains), ["pagination"] = VercelPage.Json(domains.Length, null, null) });
    }

    private Answer Domain(Call call)
    {
        if (vercel.Project(call, call.Path("idOrName")) is not { } project)
        {
            return errors.NotFound("Project");
        }

        string name = call.Path("domain");
        return vercel.State.Domains.GetValueOrDefault(name) == project.Id ? Answer.Ok(DomainJson(name, project)) : errors.NotFound("Project Domain");
    }

    private JsonObject AliasJson(VercelAlias alias)
    {
        VercelDeployment deployment = vercel.State.Find(alias.DeploymentId)!;
        return new()
        {
            ["uid"] = alias.Uid,
            ["alias"] = alias.Host,
            ["created"] = Created(alias.CreatedAt),
            ["createdAt"] = alias.CreatedAt,
            ["updatedAt"] = alias.UpdatedAt,
            ["deployment"] = new JsonObject { ["id"] = deployment.Id, ["url"] = deployment.Url },
            ["deploymentId"] = deployment.Id,
            ["projectId"] = alias.ProjectId,
            ["redirect"] = null,
            ["creator"] = new JsonObject { ["uid"] = VercelState.UserId, ["email"] = "operator@agentflow.invalid", ["username"] = sandbox.Canary.In("ada-operator") },
        };
    }

    private Answer Aliases(Call call)
    {
        IEnumerable<VercelAlias> found = VercelGate.IsTeam(call) ? vercel.State.Aliases.Values.OrderByDescending(one => one.CreatedAt) : [];
        if (call.Query("projectId") is { } project)
        {
            found = found.Where(one => one.ProjectId == project);
        }

        if (call.Http.Request.Query["domain"] is { Count: > 0 } domains)
        {
            found = found.Where(one => domains.Contains(one.Host));
        }

        (IReadOnlyList<VercelAlias> items, JsonObject pagination) = VercelPage.Cut(call, found, one => one.CreatedAt);
        return Answer.Ok(new JsonObject { ["aliases"] = new JsonArray([.. items.Select(AliasJson)]), ["pagination"] = pagination });
    }

    // The published contract says that this is a list, although there is only one.
    private Answer Alias(Call call)
    {
        string wanted = call.Path("idOrAlias");
        VercelAlias? alias = VercelGate.IsTeam(call) ? vercel.State.Aliases.Values.FirstOrDefault(one => one.Uid == wanted || one.Host.Equals(wanted, StringComparison.OrdinalIgnoreCase)) : null;
        return alias is null ? errors.NotFound("Alias") : Answer.Ok(new JsonArray(AliasJson(alias)));
    }

    private Answer DeploymentAliases(Call call) => vercel.Find(call, call.Path("id")) is { } deployment
        ? Answer.Ok(new JsonObject
        {
            ["aliases"] = new JsonArray([.. vercel.State.AliasesOf(deployment).Select(one => new JsonObject { ["uid"] = one.Uid, ["alias"] = one.Host, ["created"] = Created(one.CreatedAt), ["redirect"] = null })]),
        })
        : errors.NotFound("Deployment");

    private Answer Assign(Call call)
    {
        if (vercel.Find(call, call.Path("id")) is not { } deployment)
        {
            return errors.NotFound("Deployment");
        }

        if (call.BodyObject?["alias"]?.GetValue<string>() is not { Length: > 0 } host)
        {
            return errors.BadRequest("missing required property `alias`.");
        }

        if (!deployment.IsReady)
        {
            return errors.Make(StatusCodes.Status400BadRequest, "deployment_not_ready", "The deployment is not ready.");
        }

        if (vercel.State.Domains.TryGetValue(host, out string? owner) && owner != deployment.ProjectId)
        {
            return errors.Conflict("The domain is in use by another project.");
        }

        string? old = vercel.State.Aliases.GetValueOrDefault(host)?.DeploymentId;
        vercel.State.Assign(host, deployment, sandbox.NowMilliseconds);
        VercelAlias alias = vercel.State.Aliases[host];
        JsonObject json = new() { ["uid"] = alias.Uid, ["alias"] = host, ["created"] = Created(alias.CreatedAt) };
        if (old is not null)
        {
            json["oldDeploymentId"] = old;
        }

        return Answer.Ok(json);
    }
}
