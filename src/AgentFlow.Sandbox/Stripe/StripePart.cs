using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Stripe;

/// <summary>Stripe's account and webhook endpoints: form in, JSON out, the secret only in the answer that makes one, idempotent answers kept.</summary>
internal sealed class StripePart : ISandboxPart
{
    public const string AccountId = "acct_1SandboxAgentFlow";

    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private readonly SandboxState _sandbox;
    private readonly VercelPart _vercel;
    private readonly IssuedToken _key;
    private readonly List<StripeEndpoint> _endpoints = [];
    private readonly Dictionary<string, JsonObject> _answers = [];

    public StripePart(SandboxState sandbox, VercelPart vercel)
    {
        (_sandbox, _vercel) = (sandbox, vercel);
        _key = sandbox.Tokens.Issue("stripe", "operator", "rk_" + "test_", 32);
    }

    public string Name => "stripe";

    /// <summary>Under the sandbox's lock only.</summary>
    public IReadOnlyList<StripeEndpoint> Endpoints => _endpoints;

    public void Map(IEndpointRouteBuilder routes)
    {
        On(routes, "GET", "/v1/account", _ => Answer.Ok(new JsonObject { ["id"] = AccountId, ["object"] = "account", ["country"] = "DE", ["charges_enabled"] = true }));
        On(routes, "GET", "/v1/webhook_endpoints", List);
        On(routes, "POST", "/v1/webhook_endpoints", Create);
        On(routes, "GET", "/v1/webhook_endpoints/{id}", call => With(call, one => Json(one)));
        On(routes, "POST", "/v1/webhook_endpoints/{id}", call => With(call, one =>
        {
            one.Enabled = call.Field("disabled") is { } disabled ? disabled != "true" : one.Enabled;
            return Json(one);
        }));
        On(routes, "DELETE", "/v1/webhook_endpoints/{id}", call => With(call, one =>
        {
            _endpoints.Remove(one);
            return new() { ["id"] = one.Id, ["object"] = "webhook_endpoint", ["deleted"] = true };
        }));
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            _endpoints.Clear();
            _answers.Clear();
            _endpoints.Add(new()
            {
                Id = "we_1SandboxInUse00000000000",
                Url = $"http://{_sandbox.Ports.AliasHost}/api/webhooks/stripe",
                EnabledEvents = ["customer.subscription.updated", "invoice.paid", "invoice.payment_failed"],
                Secret = SeededValue.Production(_vercel, "STRIPE_WEBHOOK_SECRET") ?? NewSecret(),
                Created = _sandbox.Time.GetUtcNow().AddDays(-90).ToUnixTimeSeconds(),
                Description = _sandbox.Canary.In("production"),
            });
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status) => ("application/json", Error(status, _sandbox.Canary.In("injected")).ToJsonString());

    public void Configure(JsonObject config)
    {
        config["endpoints"]!["stripe"] = $"{_sandbox.Ports.MainOrigin}/stripe";
        config["stripe"] = new JsonObject { ["accountId"] = AccountId, ["key"] = $"file:{_key.File}" };
    }

    private void On(IEndpointRouteBuilder routes, string method, string path, Func<FormCall, Answer> operation) => routes.MapMethods(path, [method], async http =>
    {
        FormCall call = await FormCall.ReadAsync(http).ConfigureAwait(false);
        Answer answer;
        lock (_sandbox.Gate)
        {
            answer = _sandbox.Tokens.Find(Name, http.Request.Headers.Authorization) is null
                ? new(StatusCodes.Status401Unauthorized, Error(StatusCodes.Status401Unauthorized, _sandbox.Canary.In("Invalid API Key provided")))
                : operation(call);
        }

        await answer.SendAsync(http).ConfigureAwait(false);
    });

    private Answer List(FormCall call) => Answer.Ok(new JsonObject
    {
        ["object"] = "list",
        ["url"] = "/v1/webhook_endpoints",
        ["has_more"] = false,
        ["data"] = new JsonArray([.. _endpoints.AsEnumerable().Reverse().Select(one => Json(one))]),
    });

    private Answer Create(FormCall call)
    {
        string? key = call.Http.Request.Headers["Idempotency-Key"];
        if (key is not null && _answers.TryGetValue(key, out JsonObject? before))
        {
            return Answer.Ok(before.DeepClone());
        }

        if (call.Field("url") is not { } url || call.Fields("enabled_events") is not { Count: > 0 } events)
        {
            return new(StatusCodes.Status400BadRequest, Error(StatusCodes.Status400BadRequest, _sandbox.Canary.In("Missing required param")));
        }

        StripeEndpoint made = new()
        {
            Id = "we_1" + RandomNumberGenerator.GetString(Letters, 23),
            Url = url,
            EnabledEvents = events,
            ApiVersion = call.Field("api_version"),
            Description = call.Field("description"),
            Secret = NewSecret(),
            Created = _sandbox.Time.GetUtcNow().ToUnixTimeSeconds(),
            Metadata = call.Field("metadata[agentflow_rotation]") is { } tag ? new Dictionary<string, string> { ["agentflow_rotation"] = tag } : [],
        };
        _endpoints.Add(made);
        JsonObject answer = Json(made);
        answer["secret"] = made.Secret;
        if (key is not null)
        {
            _answers[key] = (JsonObject)answer.DeepClone();
        }

        return Answer.Ok(answer);
    }

    private Answer With(FormCall call, Func<StripeEndpoint, JsonObject> operation) => _endpoints.FirstOrDefault(one => one.Id == call.Path("id")) is { } found
        ? Answer.Ok(operation(found))
        : new(StatusCodes.Status404NotFound, Error(StatusCodes.Status404NotFound, _sandbox.Canary.In("No such webhook endpoint")));

    private static JsonObject Json(StripeEndpoint one) => new()
    {
        ["id"] = one.Id,
        ["object"] = "webhook_endpoint",
        ["api_version"] = one.ApiVersion,
        ["application"] = null,
        ["created"] = one.Created,
        ["description"] = one.Description,
        ["enabled_events"] = new JsonArray([.. one.EnabledEvents.Select(name => JsonValue.Create(name))]),
        ["livemode"] = false,
        ["metadata"] = new JsonObject([.. one.Metadata.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))]),
        ["status"] = one.Enabled ? "enabled" : "disabled",
        ["url"] = one.Url,
    };

    private static JsonObject Error(int status, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["type"] = status switch { 429 => "rate_limit_error", >= 500 => "api_error", _ => "invalid_request_error" },
            ["message"] = message,
        },
    };

    private static string NewSecret() => "whsec_" + RandomNumberGenerator.GetString(Letters, 32);
}
