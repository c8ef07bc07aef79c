using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Iam;
using AgentFlow.Sandbox.Stripe;
using AgentFlow.Sandbox.Supabase;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The truth about every rehearsed credential, for who audits a rotation. The values are worth nothing outside.</summary>
internal sealed class AuditPart(SandboxState sandbox, VercelPart vercel, StripePart stripe, SupabasePart supabase, IamState iam) : ISandboxPart
{
    public string Name => "audit";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/credentials", http =>
    {
        JsonObject truth;
        lock (sandbox.Gate)
        {
            truth = Truth();
        }

        return Answer.Ok(truth).SendAsync(http);
    });

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public (string ContentType, string Body)? ErrorBody(int status) => null;

    public void Configure(JsonObject config)
    {
        // Nothing of it belongs in a config.
    }

    private JsonObject Truth()
    {
        VercelState state = vercel.State;
        VercelDeployment? serving = state.Find(sandbox.Ports.AliasHost);
        JsonArray credentials = [];
        foreach (StripeEndpoint one in stripe.Endpoints)
        {
            credentials.Add(One("stripe", one.Id, one.Secret, one.Enabled));
        }

        foreach (SupabaseKey one in supabase.Keys.Where(key => key.Type == "secret"))
        {
            credentials.Add(One("supabase", one.Id, one.Value, true));
        }

        foreach (IamKey one in iam.Keys.Where(key => key.User != IamState.OperatorName))
        {
            credentials.Add(One("iam/" + one.User, one.Id, one.Secret, one.Active));
        }

        return new()
        {
            ["credentials"] = credentials,
            ["variables"] = new JsonArray([.. state.Variables.Select(one => new JsonObject { ["key"] = one.Key, ["value"] = one.Value, ["production"] = one.Targets.Contains("production") })]),
            ["servingId"] = serving?.Id,
            ["serving"] = new JsonObject([.. (serving?.Environment ?? new Dictionary<string, string>()).Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))]),
            ["autoAssign"] = state.Project(VercelState.ProjectId)?.AutoAssign,
        };
    }

    private static JsonObject One(string owner, string id, string value, bool works) => new() { ["owner"] = owner, ["id"] = id, ["value"] = value, ["works"] = works };
}
