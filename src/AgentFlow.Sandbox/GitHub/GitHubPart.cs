using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>GitHub's REST API for one organisation's repository.</summary>
internal sealed class GitHubPart : ISandboxPart
{
    private readonly SandboxState _sandbox;
    private readonly IssuedToken _token;
    private readonly GitHubErrors _errors;

    public GitHubPart(SandboxState sandbox)
    {
        (_sandbox, _errors) = (sandbox, new(sandbox.Canary));
        _token = sandbox.Tokens.Issue("github", "operator", "github_pat_", 82);
        State = new(sandbox);
    }

    public string Name => "github";

    public GitHubState State { get; private set; }

    /// <summary>What Vercel's app reports to the repository; set by the part that is Vercel.</summary>
    public Func<IReadOnlyList<VercelDeployment>> VercelDeployments { get; set; } = () => [];

    public void Map(IEndpointRouteBuilder routes)
    {
        GitHubGate gate = new(_sandbox, _errors);
        ProviderRoutes mapped = new(routes, _sandbox, Name, gate.Check);
        // The ports are bound when the first request comes, not yet now.
        Lazy<GitHubJson> json = new(() => new(_sandbox, $"{_sandbox.Ports.MainOrigin}/github"));
        mapped.On("GET", "/user", _ => Answer.Ok(json.Value.Me()));
        mapped.On("GET", "/rate_limit", _ => Answer.Ok(RateLimit(gate)));
        new RepositoryRoutes(this, json, _errors).Map(mapped);
        new DeploymentRoutes(this, json, _errors).Map(mapped);
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            State = new(_sandbox);
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status)
    {
        Answer answer = _errors.Make(status, status switch
        {
            StatusCodes.Status401Unauthorized => "Bad credentials",
            StatusCodes.Status403Forbidden => "Resource not accessible by personal access token",
            StatusCodes.Status404NotFound => "Not Found",
            StatusCodes.Status429TooManyRequests => "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            _ => "Server Error",
        });
        return (answer.ContentType, answer.Body!.ToJsonString());
    }

    public void Configure(JsonObject config)
    {
        config["github"] = new JsonObject
        {
            ["repositoryId"] = GitHubState.RepositoryId,
            ["owner"] = GitHubState.Owner,
            ["name"] = GitHubState.Name,
            ["productionBranch"] = GitHubState.MainBranch,
            ["token"] = $"file:{_token.File}",
        };
        config["endpoints"]!["github"] = $"{_sandbox.Ports.MainOrigin}/github";
    }

    private static JsonObject RateLimit(GitHubGate gate)
    {
        JsonObject Rate() => new() { ["limit"] = GitHubGate.Limit, ["used"] = gate.Used, ["remaining"] = GitHubGate.Limit - gate.Used, ["reset"] = gate.Reset, ["resource"] = "core" };
        return new() { ["resources"] = new JsonObject { ["core"] = Rate(), ["search"] = Rate() }, ["rate"] = Rate() };
    }
}
