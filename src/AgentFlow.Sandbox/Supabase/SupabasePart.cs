using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.App;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Supabase;

/// <summary>The API keys of Supabase's Management API, for one project.</summary>
internal sealed class SupabasePart : ISandboxPart
{
    public const string Ref = AppFixture.ProductionRef;

    private readonly SandboxState _sandbox;
    private readonly VercelPart _vercel;
    private readonly IssuedToken _token;
    private readonly List<SupabaseKey> _keys = [];
    private bool _legacy = true;

    public SupabasePart(SandboxState sandbox, VercelPart vercel)
    {
        (_sandbox, _vercel) = (sandbox, vercel);
        _token = sandbox.Tokens.Issue("supabase", "operator", "sbp_", 40);
    }

    public string Name => "supabase";

    /// <summary>Under the sandbox's lock only.</summary>
    public IReadOnlyList<SupabaseKey> Keys => _keys;

    public void Map(IEndpointRouteBuilder routes)
    {
        ProviderRoutes mapped = new(routes, _sandbox, Name, Gate);
        routes.MapGet("/v1/projects", async http =>
        {
            Call call = await Call.ReadAsync(http, _sandbox.Tokens, Name).ConfigureAwait(false);
            Answer answer = call.Token is null ? Unauthorized() : Answer.Ok(new JsonArray([.. Projects()]));
            await answer.SendAsync(http).ConfigureAwait(false);
        });
        const string keys = "/v1/projects/{projectRef}/api-keys";
        mapped.On("GET", keys, call => Answer.Ok(new JsonArray([.. _keys.Select(key => Json(key, call.Query("reveal") == "true"))])));
        mapped.On("POST", keys, Create);
        mapped.On("GET", keys + "/legacy", _ => Answer.Ok(new JsonObject { ["enabled"] = _legacy }));
        mapped.On("PUT", keys + "/legacy", call =>
        {
            _legacy = call.Query("enabled") == "true";
            return Answer.Ok(new JsonObject { ["enabled"] = _legacy });
        });
        mapped.On("GET", keys + "/{id}", call => With(call, key => Json(key, call.Query("reveal") == "true")));
        mapped.On("DELETE", keys + "/{id}", call => With(call, key =>
        {
            _keys.Remove(key);
            return Json(key, false);
        }));
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            DateTimeOffset before = _sandbox.Time.GetUtcNow().AddDays(-90);
            _legacy = true;
            _keys.Clear();
            _keys.Add(new(Id(), "default", "secret", SeededValue.Production(_vercel, "SUPABASE_SERVICE_ROLE_KEY") ?? NewValue("secret"), _sandbox.Canary.In("made with the project"), before));
            _keys.Add(new(Id(), "default", "publishable", NewValue("publishable"), null, before));
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status) => ("application/json", Error(_sandbox.Canary.In($"injected {status}")).ToJsonString());

    public void Configure(JsonObject config)
    {
        config["endpoints"]!["supabase"] = $"{_sandbox.Ports.MainOrigin}/supabase";
        config["supabase"] = new JsonObject { ["productionRef"] = Ref, ["token"] = $"file:{_token.File}" };
    }

    private Answer Unauthorized() => new(StatusCodes.Status401Unauthorized, Error(_sandbox.Canary.In("Unauthorized")));

    // A token sees all projects of its account; the broad one sees a stranger too.
    private IEnumerable<JsonNode> Projects() => ((string[])[Ref, AppFixture.ProjectRef, .. _sandbox.Has(Trait.BroadToken) ? ["anotherprojectxxxxxx"] : (string[])[]]).Select(projectRef => new JsonObject
    {
        ["id"] = projectRef,
        ["ref"] = projectRef,
        ["organization_id"] = "agentflow-example",
        ["organization_slug"] = "agentflow-example",
        ["name"] = _sandbox.Canary.In(projectRef == Ref ? "production" : "staging"),
        ["region"] = "eu-central-1",
        ["created_at"] = "2024-03-01T09:00:00Z",
        ["status"] = "ACTIVE_HEALTHY",
        ["database"] = new JsonObject { ["host"] = $"db.{projectRef}.supabase.invalid", ["version"] = "17.4.1.054", ["postgres_engine"] = "17", ["release_channel"] = "ga" },
    });

    private Answer? Gate(Call call) => call.Token is null ? Unauthorized()
        : call.Path("projectRef") != Ref ? new(StatusCodes.Status403Forbidden, Error(_sandbox.Canary.In("Forbidden resource")))
        : null;

    private Answer Create(Call call)
    {
        string? type = call.BodyObject?["type"]?.GetValue<string>();
        string? name = call.BodyObject?["name"]?.GetValue<string>();
        if (type is not ("secret" or "publishable") || name is not { Length: >= 4 and <= 64 })
        {
            return new(StatusCodes.Status400BadRequest, Error(_sandbox.Canary.In("Validation failed")));
        }

        SupabaseKey made = new(Id(), name, type, NewValue(type), call.BodyObject?["description"]?.GetValue<string>(), _sandbox.Time.GetUtcNow());
        _keys.Add(made);
        return new(StatusCodes.Status201Created, Json(made, call.Query("reveal") == "true"));
    }

    private Answer With(Call call, Func<SupabaseKey, JsonObject> operation) => _keys.FirstOrDefault(key => key.Id == call.Path("id")) is { } found
        ? Answer.Ok(operation(found))
        : new(StatusCodes.Status404NotFound, Error(_sandbox.Canary.In("Not found")));

    private static JsonObject Json(SupabaseKey key, bool reveal) => new()
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["type"] = key.Type,
        ["api_key"] = reveal ? key.Value : key.Value[..15] + "****",
        ["prefix"] = key.Value[..15],
        ["description"] = key.Description,
        ["inserted_at"] = key.InsertedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["updated_at"] = key.InsertedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };

    private static JsonObject Error(string message) => new() { ["message"] = message };

    private static string Id() => Guid.NewGuid().ToString();

    private static string NewValue(string type) => $"sb_{type}_" + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 40);
}
