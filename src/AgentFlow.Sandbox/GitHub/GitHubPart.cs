using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>GitHub's REST API for one repository.</summary>
internal sealed class GitHubPart : ISandboxPart
{
    private readonly SandboxState _sandbox;
    private readonly IssuedToken _token;

    public GitHubPart(SandboxState sandbox)
    {
        _sandbox = sandbox;
        _token = sandbox.Tokens.Issue("github", "operator", "github_pat_", 82);
        State = new(sandbox);
    }

    public string Name => "github";

    public GitHubState State { get; private set; }

    public void Map(IEndpointRouteBuilder routes)
    {
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            State = new(_sandbox);
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status) => ("application/json; charset=utf-8", new JsonObject
    {
        ["message"] = _sandbox.Canary.In(status == StatusCodes.Status404NotFound ? "Not Found" : "Server Error"),
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.ToJsonString());

    public void Configure(JsonObject config)
    {
        config["gitHub"] = new JsonObject
        {
            ["repositoryId"] = GitHubState.RepositoryId,
            ["owner"] = GitHubState.Owner,
            ["name"] = GitHubState.Name,
            ["productionBranch"] = GitHubState.MainBranch,
            ["token"] = $"file:{_token.File}",
        };
        config["endpoints"]!["gitHub"] = $"{_sandbox.Ports.MainOrigin}/github";
    }
}
