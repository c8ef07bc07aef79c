using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.App;

/// <summary>What the app offers to a rotation, and the credentials that the config describes.</summary>
internal sealed class FingerprintPart(SandboxState sandbox, VercelPart vercel) : ISandboxPart
{
    private readonly FingerprintRoute _route = new(sandbox, vercel);

    public string Name => "app";

    public bool IsApp => true;

    public void Map(IEndpointRouteBuilder routes) => _route.Map(routes);

    public Task ResetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public (string ContentType, string Body)? ErrorBody(int status) => null;

    public void Configure(JsonObject config)
    {
        JsonObject app = config["app"] as JsonObject ?? [];
        app["fingerprintPath"] = FingerprintRoute.Path;
        app["probeKey"] = $"file:{_route.KeyFile}";
        config["app"] ??= app;
        config["credentials"] = CredentialsConfig.Write();
        config["journal"] = new JsonObject { ["path"] = Path.Combine(sandbox.Folder.Path, "journal", "journal.db") };
    }
}
