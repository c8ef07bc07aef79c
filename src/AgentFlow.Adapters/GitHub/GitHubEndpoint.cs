using AgentFlow.Adapters.Http;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.GitHub;

/// <summary>GitHub as the pipeline sees it.</summary>
public static class GitHubEndpoint
{
    private static readonly Uri s_public = new("https://api.github.com/");

    /// <summary>The endpoint of a config; <paramref name="token"/> is asked at the moment of each send.</summary>
    public static ServiceEndpoint For(AfConfig config, Func<Secret> token)
    {
        ArgumentNullException.ThrowIfNull(config);
        string repository = config.GitHub.Owner is { } owner ? $"{owner}/{config.GitHub.Name}" : "the pinned repository";
        return new()
        {
            System = "GitHub",
            BaseAddress = config.Endpoints.GitHub is { } given ? new(given.TrimEnd('/') + "/") : s_public,
            Token = token,
            TokenReference = config.GitHub.Token,
            NeededScope = $"fine-grained access to {repository} with the permissions Contents: read and Metadata: read",
            StatusPage = "https://www.githubstatus.com",
            Headers = new Dictionary<string, string> { ["X-GitHub-Api-Version"] = "2022-11-28" },
        };
    }
}
