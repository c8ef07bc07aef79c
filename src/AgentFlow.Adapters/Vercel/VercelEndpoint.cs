using AgentFlow.Adapters.Http;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Vercel;

/// <summary>Vercel as the pipeline sees it.</summary>
public static class VercelEndpoint
{
    private static readonly Uri s_public = new("https://api.vercel.com/");

    /// <summary>The endpoint of a config; <paramref name="token"/> is asked at the moment of each send.</summary>
    public static ServiceEndpoint For(AfConfig config, Func<Secret> token)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            System = "Vercel",
            BaseAddress = config.Endpoints.Vercel is { } given ? new(given.TrimEnd('/') + "/") : s_public,
            Token = token,
            TokenReference = config.Vercel.Token,
            NeededScope = config.Vercel.TeamId is { } team ? $"the scope of team {team} (Account Settings, Tokens)" : "the scope of the account or team that owns the project (Account Settings, Tokens)",
            StatusPage = "https://www.vercel-status.com",
        };
    }
}
