using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Faults;
using AgentFlow.Sandbox.Recording;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The sandbox's own interface, below <c>/control</c>.</summary>
internal sealed class ControlRoutes(SandboxState sandbox, Func<CancellationToken, Task> reset, Action stop)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scenarios", http => Answer.Ok(new JsonObject
        {
            ["current"] = sandbox.Scenario.Name,
            ["scenarios"] = new JsonArray([.. ScenarioCatalog.All.Select(one => new JsonObject { ["name"] = one.Name, ["summary"] = one.Summary })]),
        }).SendAsync(http));
        routes.MapPost("/scenario/{name}", SwitchAsync);
        routes.MapPost("/faults", AddFaultAsync);
        routes.MapGet("/faults", http => Answer.Ok(new JsonArray([.. sandbox.Faults.Rules.Select(rule => rule.ToJson())])).SendAsync(http));
        routes.MapDelete("/faults", http =>
        {
            sandbox.Faults.Clear();
            return new Answer(StatusCodes.Status204NoContent).SendAsync(http);
        });
        routes.MapGet("/requests", http => Answer.Ok(JournalJson.Write(sandbox.Journal.Snapshot())).SendAsync(http));
        routes.MapDelete("/requests", http =>
        {
            sandbox.Journal.Clear();
            return new Answer(StatusCodes.Status204NoContent).SendAsync(http);
        });
        routes.MapPost("/canary", PlantAsync);
        routes.MapDelete("/canary", http =>
        {
            sandbox.Canary.Value = null;
            return ResetAsync(http);
        });
        routes.MapPost("/stop", async http =>
        {
            await new Answer(StatusCodes.Status202Accepted).SendAsync(http).ConfigureAwait(false);
            await http.Response.CompleteAsync().ConfigureAwait(false);
            stop();
        });
    }

    private static Answer Refuse(string message) => new(StatusCodes.Status400BadRequest, new JsonObject { ["error"] = message });

    private async Task SwitchAsync(HttpContext http)
    {
        string name = (string)http.Request.RouteValues["name"]!;
        if (!ScenarioCatalog.TryFind(name, out Scenario? scenario))
        {
            await new Answer(StatusCodes.Status404NotFound, new JsonObject { ["error"] = $"There is no scenario '{name}'; GET /control/scenarios lists them." }).SendAsync(http).ConfigureAwait(false);
            return;
        }

        sandbox.Scenario = scenario;
        await ResetAsync(http).ConfigureAwait(false);
    }

    private async Task AddFaultAsync(HttpContext http)
    {
        Call call = await Call.ReadAsync(http, sandbox.Tokens, "control").ConfigureAwait(false);
        if (call.BodyObject is { } body && FaultRule.TryRead(body, out FaultRule? rule, out string? why))
        {
            sandbox.Faults.Add(rule);
            await new Answer(StatusCodes.Status201Created, rule.ToJson()).SendAsync(http).ConfigureAwait(false);
        }
        else
        {
            await Refuse("A fault is {match: {provider, method, pathContains, pathLike, bodyContains}, kind: latency|status|reset|truncate|malform|drip|lost|late|twice|crashBefore|crashAfter, milliseconds, status, retryAfterSeconds, processId, times}.").SendAsync(http).ConfigureAwait(false);
        }
    }

    private async Task PlantAsync(HttpContext http)
    {
        Call call = await Call.ReadAsync(http, sandbox.Tokens, "control").ConfigureAwait(false);
        if (call.BodyObject?["value"]?.GetValue<string>() is not { Length: >= 8 } value || value.Any(char.IsControl))
        {
            await Refuse("A canary is {value: TEXT} of at least eight printable characters.").SendAsync(http).ConfigureAwait(false);
            return;
        }

        sandbox.Canary.Value = value;
        await ResetAsync(http).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext http)
    {
        sandbox.Generation++;
        await reset(http.RequestAborted).ConfigureAwait(false);
        await Answer.Ok(new JsonObject { ["scenario"] = sandbox.Scenario.Name }).SendAsync(http).ConfigureAwait(false);
    }
}
