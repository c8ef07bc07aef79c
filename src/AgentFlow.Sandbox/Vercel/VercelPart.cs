using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Vercel's REST API for one team, and the edge that decides which deployment answers at which address.</summary>
internal sealed class VercelPart : ISandboxPart, ISiteDirectory
{
    private readonly SandboxState _sandbox;
    private readonly GitHubPart _github;
    private readonly IssuedToken _token;

    public VercelPart(SandboxState sandbox, GitHubPart github)
    {
        (_sandbox, _github) = (sandbox, github);
        _token = sandbox.Tokens.Issue("vercel", "operator", "", 24);
        State = new();
    }

    public string Name => "vercel";

    public VercelState State { get; private set; }

    public string PreviewHost => State.Deployments.First(one => one.Target is null && one.IsReady).Url;

    public void Map(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>A deployment by its id; null when there is none (any more).</summary>
    public VercelDeployment? Find(string? id)
    {
        lock (_sandbox.Gate)
        {
            return State.Find(id);
        }
    }

    public SiteVisit Visit(int port)
    {
        lock (_sandbox.Gate)
        {
            return port == _sandbox.Ports.Alias
                ? new(State.Aliases.GetValueOrDefault(_sandbox.Ports.AliasHost), true)
                : new(_sandbox.Ports.OwnerOf(port), false);
        }
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            _sandbox.Ports.Clear();
            State = VercelSeed.Make(_sandbox, _github.State);
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status) => ("application/json; charset=utf-8", new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = "internal_server_error", ["message"] = _sandbox.Canary.In("An unexpected error occurred.") },
    }.ToJsonString());

    public void Configure(JsonObject config)
    {
        config["vercel"] = new JsonObject
        {
            ["teamId"] = VercelState.TeamId,
            ["projectId"] = VercelState.ProjectId,
            ["projectName"] = VercelState.ProjectName,
            ["productionDomains"] = new JsonArray(_sandbox.Ports.AliasHost),
            ["token"] = $"file:{_token.File}",
        };
        config["endpoints"]!["vercel"] = $"{_sandbox.Ports.MainOrigin}/vercel";
    }
}
