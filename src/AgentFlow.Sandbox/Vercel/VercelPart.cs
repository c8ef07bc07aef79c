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
    private readonly VercelErrors _errors;
    private VercelState _state = new();

    public VercelPart(SandboxState sandbox, GitHubPart github)
    {
        (_sandbox, _github, _errors) = (sandbox, github, new(sandbox.Canary));
        _token = sandbox.Tokens.Issue("vercel", "operator", string.Empty, 24);
        github.VercelDeployments = () => State.Deployments;
    }

    public string Name => "vercel";

    /// <summary>As of now: what should have happened since somebody last looked has happened. Under the sandbox's lock only.</summary>
    public VercelState State
    {
        get
        {
            Advance();
            return _state;
        }
    }

    public GitHubState GitHub => _github.State;

    public string PreviewHost => _state.Deployments.First(one => one.Target is null && one.IsReady).Url;

    public void Advance() => VercelClockwork.Advance(_state, _sandbox);

    public void Map(IEndpointRouteBuilder routes)
    {
        ProviderRoutes mapped = new(routes, _sandbox, Name, new VercelGate(_sandbox, _errors).Check);
        new AccountRoutes(_sandbox, _errors).Map(mapped);
        new ProjectRoutes(this, _sandbox, _errors).Map(mapped);
        new DeploymentRoutes(this, _sandbox, _errors).Map(mapped);
        new BuildLogRoutes(this, _sandbox, _errors).Map(mapped);
        new VariableRoutes(this, _sandbox, _errors).Map(mapped);
        new AddressRoutes(this, _sandbox, _errors).Map(mapped);
        new PromotionRoutes(this, _sandbox, _errors).Map(mapped);
    }

    /// <summary>A deployment by its id, for the app; null when there is none (any more).</summary>
    public VercelDeployment? Find(string? id)
    {
        lock (_sandbox.Gate)
        {
            return State.Find(id);
        }
    }

    /// <summary>A deployment that the call's scope can see.</summary>
    public VercelDeployment? Find(Call call, string idOrUrl) => VercelGate.IsTeam(call) ? State.Find(idOrUrl) : null;

    /// <summary>A project that the call's scope can see.</summary>
    public VercelProject? Project(Call call, string idOrName) => VercelGate.IsTeam(call) ? State.Project(idOrName) : null;

    public SiteVisit Visit(int port)
    {
        lock (_sandbox.Gate)
        {
            return port == _sandbox.Ports.Alias
                ? new(State.Aliases.GetValueOrDefault(_sandbox.Ports.AliasHost)?.DeploymentId, true)
                : new(_sandbox.Ports.OwnerOf(port), false);
        }
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        lock (_sandbox.Gate)
        {
            _sandbox.Ports.Clear();
            _state = new VercelSeed(_sandbox, _github.State).Make();
        }

        return Task.CompletedTask;
    }

    public (string ContentType, string Body)? ErrorBody(int status)
    {
        Answer answer = status switch
        {
            StatusCodes.Status400BadRequest => _errors.BadRequest("injected"),
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => _errors.Make(status, "forbidden", "Not authorized"),
            StatusCodes.Status404NotFound => _errors.NotFound("The requested resource"),
            StatusCodes.Status409Conflict => _errors.Conflict("injected"),
            StatusCodes.Status429TooManyRequests => _errors.Make(status, "rate_limited", "Rate limit exceeded"),
            _ => _errors.Make(status, "internal_server_error", "An unexpected internal error occurred"),
        };
        return (answer.ContentType, answer.Body!.ToJsonString());
    }

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
        config["requiredEnv"] = new JsonObject(VercelSeed.Required.Select(pair =>
            KeyValuePair.Create<string, JsonNode?>(pair.Key, new JsonArray([.. pair.Value.Select(name => JsonValue.Create(name))]))));
        config["endpoints"]!["vercel"] = $"{_sandbox.Ports.MainOrigin}/vercel";
    }
}
