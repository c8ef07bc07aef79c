using System.Text.Json.Nodes;
using AgentFlow.Sandbox.App.Database;
using AgentFlow.Sandbox.App.Leads;
using AgentFlow.Sandbox.App.Pages;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.App;

/// <summary>The deployed application, on every deployment's own port and on the production alias.</summary>
internal sealed class RehearsalApp : ISandboxPart
{
    private readonly SandboxState _sandbox;
    private readonly VercelPart _vercel;
    private readonly AppDatabase _database;
    private readonly PageRoutes _pages;
    private readonly AppEdge _edge;
    private readonly LeadRoutes _leads;

    public RehearsalApp(SandboxState sandbox, VercelPart vercel)
    {
        (_sandbox, _vercel) = (sandbox, vercel);
        _database = new(sandbox);
        _pages = new(sandbox);
        _edge = new(sandbox, _pages.Bodies);
        _leads = new(sandbox, _database);
    }

    public string Name => "app";

    public bool IsApp => true;

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder behindEdge = routes.MapGroup(string.Empty);
        behindEdge.MapGet("/api/version", VersionAsync);
        behindEdge.MapPost("/api/leads", http => _leads.TakeAsync(http, Deployment(http)!));
        _pages.Map(behindEdge);
        ((IEndpointConventionBuilder)behindEdge).Add(endpoint =>
        {
            RequestDelegate app = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async http =>
            {
                if (!await _edge.AnswerAsync(http, Deployment(http)).ConfigureAwait(false))
                {
                    await app(http).ConfigureAwait(false);
                }
            };
        });
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        _leads.Reset();
        await _database.ResetAsync(cancellationToken).ConfigureAwait(false);
    }

    public (string ContentType, string Body)? ErrorBody(int status) => ("text/html; charset=utf-8", _pages.Bodies.ServerError());

    public void Configure(JsonObject config)
    {
        config["app"] = new JsonObject { ["productionUrl"] = $"http://{_sandbox.Ports.AliasHost}", ["stampHeader"] = "x-deployment-id", ["stampPath"] = "/api/version" };
        JsonObject supabase = config["supabase"] as JsonObject ?? [];
        config["supabase"] ??= supabase;
        (supabase["productionRef"], supabase["ref"], supabase["nonProductionRefs"]) = (AppFixture.ProductionRef, AppFixture.ProjectRef, new JsonArray(AppFixture.ProjectRef));
        if (_sandbox.Database.ConnectionString is { } connection)
        {
            supabase["database"] = $"file:{_sandbox.Folder.Write("app-database.connection", connection)}";
        }

        config["lead"] = new JsonObject
        {
            ["apiKey"] = $"file:{_leads.Key.File}",
            ["organizationId"] = AppFixture.OrganizationId,
            ["otherUserId"] = AppFixture.OtherUserId,
            ["integrations"] = new JsonArray("crm", "chat"),
            ["timeoutSeconds"] = 15,
        };
    }

    private VercelDeployment? Deployment(HttpContext http) => _vercel.Find(http.Features.GetRequiredFeature<SiteVisit>().DeploymentId);

    private Task VersionAsync(HttpContext http)
    {
        VercelDeployment deployment = Deployment(http)!;
        return Answer.Ok(new JsonObject { ["deploymentId"] = _edge.Stamp(deployment), ["commit"] = deployment.CommitSha, ["environment"] = deployment.Target ?? "preview", ["note"] = _sandbox.Canary.In("rehearsal") }).SendAsync(http);
    }
}
