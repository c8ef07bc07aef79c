using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Iam;

namespace AgentFlow.Sandbox.Ses;

/// <summary>SES v2 GetAccount.</summary>
internal sealed class SesPart(SandboxState sandbox, IamState iam) : ISandboxPart
{
    public string Name => "ses";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v2/email/account", http =>
    {
        bool known;
        lock (sandbox.Gate)
        {
            known = iam.Signer(http.Request, []) is not null;
        }

        return (known ? Answer.Ok(Account()) : new(StatusCodes.Status403Forbidden, new JsonObject { ["message"] = sandbox.Canary.In("The security token included in the request is invalid.") })).SendAsync(http);
    });

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public (string ContentType, string Body)? ErrorBody(int status) => ("application/json", new JsonObject { ["message"] = sandbox.Canary.In($"injected {status}") }.ToJsonString());

    public void Configure(JsonObject config) => config["endpoints"]!["ses"] = $"{sandbox.Ports.MainOrigin}/ses";

    private static JsonObject Account() => new()
    {
        ["SendingEnabled"] = true,
        ["ProductionAccessEnabled"] = true,
        ["EnforcementStatus"] = "HEALTHY",
        ["DedicatedIpAutoWarmupEnabled"] = false,
        ["SendQuota"] = new JsonObject { ["Max24HourSend"] = 50000, ["MaxSendRate"] = 14, ["SentLast24Hours"] = 120 },
    };
}
