using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Reads projects and changes the little that the runbook may. There is no operation that makes one.</summary>
internal sealed class ProjectRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    public void Map(ProviderRoutes routes)
    {
        routes.On("GET", "/v10/projects", List);
        routes.On("GET", "/v9/projects/{idOrName}", call => vercel.Project(call, call.Path("idOrName")) is { } project ? Answer.Ok(Json.Full(project)) : errors.NotFound("Project"));
        routes.On("PATCH", "/v9/projects/{idOrName}", Change);
        routes.On("GET", "/v9/projects/{idOrName}/custom-environments", call => vercel.Project(call, call.Path("idOrName")) is { } project
            ? Answer.Ok(new JsonObject { ["accountLimit"] = new JsonObject { ["total"] = 1 }, ["environments"] = new JsonArray() })
            : errors.NotFound("Project"));
    }

    private ProjectJson Json => new(sandbox, vercel.State);

    private Answer List(Call call)
    {
        IEnumerable<VercelProject> found = VercelGate.IsTeam(call) ? vercel.State.Projects.OrderByDescending(one => one.CreatedAt) : [];
        if (call.Query("search") is { } search)
        {
            found = found.Where(one => one.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
        }

        if (call.Query("repoId") is { } repository)
        {
            found = found.Where(one => $"{one.Link?.RepositoryId}" == repository);
        }

        if (call.Query("repo") is { } name)
        {
            found = found.Where(one => one.Link?.Repository == name || $"{one.Link?.Owner}/{one.Link?.Repository}" == name);
        }

        long limit = Math.Clamp(VercelPage.Number(call, "limit") ?? 20, 1, 100);
        long? from = VercelPage.Number(call, "from");
        VercelProject[] rest = [.. found.Where(one => from is null || one.CreatedAt < from)];
        VercelProject[] page = [.. rest.Take((int)limit)];
        // This list alone asks for its next page with "from", and gives the cursor as text.
        JsonObject pagination = rest.Length > page.Length
            ? new() { ["count"] = page.Length, ["next"] = page[^1].CreatedAt.ToString(System.Globalization.CultureInfo.InvariantCulture) }
            : new() { ["count"] = page.Length, ["next"] = null };
        return Answer.Ok(new JsonObject { ["projects"] = new JsonArray([.. page.Select(Json.Full)]), ["pagination"] = pagination });
    }

    private Answer Change(Call call)
    {
        if (vercel.Project(call, call.Path("idOrName")) is not { } project)
        {
            return errors.NotFound("Project");
        }

        foreach ((string name, JsonNode? value) in call.BodyObject ?? [])
        {
            if (name != "autoAssignCustomDomains" || value is not JsonValue flag || !flag.TryGetValue(out bool assigns))
            {
                return errors.BadRequest($"should NOT have additional property `{name}`.");
            }

            project.AutoAssign = assigns;
        }

        return Answer.Ok(Json.Full(project));
    }
}
