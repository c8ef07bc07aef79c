using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.App;

/// <summary>The deployed application, on every deployment's own port and on the production alias.</summary>
internal sealed class RehearsalApp(SandboxState sandbox, VercelPart vercel) : ISandboxPart
{
    public string Name => "app";

    public bool IsApp => true;

    public void Map(IEndpointRouteBuilder routes) => routes.MapFallback(async http =>
    {
        SiteVisit visit = http.Features.GetRequiredFeature<SiteVisit>();
        VercelDeployment? deployment = vercel.Find(visit.DeploymentId);
        http.Response.Headers["x-deployment-id"] = deployment?.Id;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync($"<!doctype html><title>AgentFlow</title><p>{sandbox.Canary.In("rehearsal")}</p>", http.RequestAborted).ConfigureAwait(false);
    });

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public (string ContentType, string Body)? ErrorBody(int status) => ("text/html; charset=utf-8", $"<!doctype html><title>{status}</title>");

    public void Configure(JsonObject config) => config["app"] = new JsonObject { ["productionUrl"] = $"http://{sandbox.Ports.AliasHost}", ["stampHeader"] = "x-deployment-id" };
}
