using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Reads and writes a project's environment variables. Running deployments keep what they were built with.</summary>
internal sealed class VariableRoutes(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    private static readonly string[] s_types = ["system", "secret", "encrypted", "plain", "sensitive"];
    private static readonly string[] s_targets = ["production", "preview", "development"];

    public void Map(ProviderRoutes routes)
    {
        routes.On("GET", "/v10/projects/{idOrName}/env", call => In(call, project => List(call, project)));
        routes.On("GET", "/v1/env", _ => Answer.Ok(Shared()));
        routes.On("GET", "/v1/projects/{idOrName}/env/{id}", call => On(call, (_, variable) => Answer.Ok(VariableJson.Write(variable, sandbox.Canary, decrypt: true))));
        routes.On("POST", "/v10/projects/{idOrName}/env", call => In(call, project => Create(call, project)));
        routes.On("PATCH", "/v9/projects/{idOrName}/env/{id}", call => On(call, (_, variable) => Change(call, variable)));
        routes.On("DELETE", "/v9/projects/{idOrName}/env/{id}", call => On(call, (_, variable) =>
        {
            vercel.State.Variables.Remove(variable);
            return Answer.Ok(VariableJson.Write(variable, sandbox.Canary, decrypt: false));
        }));
        routes.On("DELETE", "/v1/projects/{idOrName}/env", call => In(call, project => DeleteMany(call, project)));
    }

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // One variable of the team that is linked to the project, as teams keep what many projects need.
    private JsonObject Shared() => new()
    {
        ["data"] = new JsonArray(new JsonObject
        {
            ["id"] = "env_sharedSentryDsnOfTheTeam",
            ["key"] = "SENTRY_DSN",
            ["ownerId"] = VercelState.TeamId,
            ["type"] = "encrypted",
            ["target"] = new JsonArray("production", "preview"),
            ["projectId"] = new JsonArray(VercelState.ProjectId),
            ["comment"] = sandbox.Canary.In("shared by the team"),
            ["createdAt"] = sandbox.Time.GetUtcNow().AddDays(-90).ToUnixTimeMilliseconds(),
            ["updatedAt"] = sandbox.Time.GetUtcNow().AddDays(-90).ToUnixTimeMilliseconds(),
        }),
        ["pagination"] = new JsonObject { ["count"] = 1, ["next"] = null, ["prev"] = null },
    };

    private static string[]? Targets(JsonObject body) => body["target"] switch
    {
        JsonArray many => [.. many.Select(one => one!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => null,
    };

    private Answer In(Call call, Func<VercelProject, Answer> operation) => vercel.Project(call, call.Path("idOrName")) is { } project ? operation(project) : errors.NotFound("Project");

    private Answer On(Call call, Func<VercelProject, VercelVariable, Answer> operation) => In(call, project =>
        vercel.State.Variables.FirstOrDefault(one => one.ProjectId == project.Id && one.Id == call.Path("id")) is { } variable
            ? operation(project, variable)
            : errors.Make(StatusCodes.Status404NotFound, "not_found", "The environment variable was not found."));

    private Answer List(Call call, VercelProject project)
    {
        string? branch = call.Query("gitBranch");
        IEnumerable<VercelVariable> found = vercel.State.Variables.Where(one => one.ProjectId == project.Id && (branch is null || one.Branch is null || one.Branch == branch));
        return Answer.Ok(new JsonObject
        {
            ["envs"] = new JsonArray([.. found.Select(one =>
            {
                JsonObject json = VariableJson.Write(one, sandbox.Canary, decrypt: false);
                json["securityIssues"] = new JsonArray();
                return json;
            })]),
            ["hiddenProductionEnvCount"] = 0,
        });
    }

    // Some of a batch may fail while the answer is still 201.
    private Answer Create(Call call, VercelProject project)
    {
        JsonObject[] bodies = call.Body switch
        {
            JsonArray many => [.. many.OfType<JsonObject>()],
            JsonObject one => [one],
            _ => [],
        };
        if (bodies.Length == 0)
        {
            return errors.BadRequest("should be object or array.");
        }

        JsonArray created = [];
        JsonArray failed = [];
        foreach (JsonObject body in bodies)
        {
            if (Problem(body) is { } problem)
            {
                return errors.BadRequest(problem);
            }

            VercelVariable? taken = Taken(project, body);
            if (taken is not null && call.Query("upsert") != "true")
            {
                failed.Add((JsonNode)Failure(taken));
                continue;
            }

            VercelVariable variable = taken ?? Add(project, body);
            if (taken is not null)
            {
                Update(taken, body);
            }

            created.Add((JsonNode)VariableJson.Write(variable, sandbox.Canary, decrypt: false));
        }

        if (created.Count == 0)
        {
            return errors.Make(StatusCodes.Status400BadRequest, "ENV_CONFLICT", "A variable with the same name already exists for the target and branch.");
        }

        JsonNode first = call.Body is JsonArray ? created : created[0]!.DeepClone();
        return new(StatusCodes.Status201Created, new JsonObject { ["created"] = first, ["failed"] = failed });
    }

    private static string? Problem(JsonObject body)
    {
        if (Text(body, "key") is not { Length: > 0 } || Text(body, "value") is null)
        {
            return "missing required property `key` or `value`.";
        }

        return Text(body, "type") is not { } type || !s_types.Contains(type) ? "`type` should be equal to one of the allowed values."
            : Targets(body) is not { Length: > 0 } targets || targets.Except(s_targets).Any() ? "`target` should contain \"production\", \"preview\" or \"development\"."
            : type == "sensitive" && targets.Contains("development") ? "sensitive variables cannot be created in the Development environment."
            : null;
    }

    private VercelVariable? Taken(VercelProject project, JsonObject body)
    {
        string[] targets = Targets(body)!;
        return vercel.State.Variables.FirstOrDefault(one => one.ProjectId == project.Id && one.Key == Text(body, "key") && one.Branch == Text(body, "gitBranch") && one.Targets.Intersect(targets).Any());
    }

    private VercelVariable Add(VercelProject project, JsonObject body)
    {
        long now = sandbox.NowMilliseconds;
        VercelVariable variable = new()
        {
            Id = VercelIds.Variable($"made at run time {vercel.State.Variables.Count} {now}"),
            ProjectId = project.Id,
            Key = Text(body, "key")!,
            Value = Text(body, "value")!,
            Type = Text(body, "type")!,
            Targets = Targets(body)!,
            Branch = Text(body, "gitBranch"),
            Comment = Text(body, "comment"),
            CreatedAt = now,
            UpdatedAt = now,
        };
        vercel.State.Variables.Add(variable);
        return variable;
    }

    private void Update(VercelVariable variable, JsonObject body)
    {
        variable.Key = Text(body, "key") ?? variable.Key;
        variable.Value = Text(body, "value") ?? variable.Value;
        variable.Type = Text(body, "type") ?? variable.Type;
        variable.Targets = Targets(body) ?? variable.Targets;
        variable.Comment = Text(body, "comment") ?? variable.Comment;
        variable.Branch = body.ContainsKey("gitBranch") ? Text(body, "gitBranch") : variable.Branch;
        variable.UpdatedAt = sandbox.NowMilliseconds;
    }

    private Answer Change(Call call, VercelVariable variable)
    {
        if (call.BodyObject is not { } body || (Text(body, "type") is { } type && !s_types.Contains(type)))
        {
            return errors.BadRequest("`type` should be equal to one of the allowed values.");
        }

        if (variable.Type == "sensitive" && Text(body, "type") is { } other and not "sensitive")
        {
            return errors.BadRequest($"a sensitive variable cannot become {other}.");
        }

        Update(variable, body);
        return Answer.Ok(VariableJson.Write(variable, sandbox.Canary, decrypt: false));
    }

    private Answer DeleteMany(Call call, VercelProject project)
    {
        HashSet<string> wanted = [.. call.BodyObject?["ids"]?.AsArray().Select(id => id!.GetValue<string>()) ?? []];
        string[] gone = [.. vercel.State.Variables.Where(one => one.ProjectId == project.Id && wanted.Contains(one.Id)).Select(one => one.Id)];
        vercel.State.Variables.RemoveAll(one => gone.Contains(one.Id));
        return Answer.Ok(new JsonObject { ["deleted"] = gone.Length, ["ids"] = new JsonArray([.. gone.Select(id => JsonValue.Create(id))]) });
    }

    private JsonObject Failure(VercelVariable taken) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = "ENV_CONFLICT",
            ["message"] = sandbox.Canary.In($"A variable with the name `{taken.Key}` already exists for the target {string.Join(',', taken.Targets)}"),
            ["key"] = taken.Key,
            ["envVarId"] = taken.Id,
            ["envVarKey"] = taken.Key,
            ["target"] = new JsonArray([.. taken.Targets.Select(target => JsonValue.Create(target))]),
        },
    };
}
