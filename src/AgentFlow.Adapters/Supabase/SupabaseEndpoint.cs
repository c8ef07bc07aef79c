using AgentFlow.Adapters.Http;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Supabase;

/// <summary>Supabase's Management API as the pipeline sees it.</summary>
public static class SupabaseEndpoint
{
    private static readonly Uri s_public = new("https://api.supabase.com/");

    /// <summary>The endpoint of a config; <paramref name="token"/> is asked at the moment of each send.</summary>
    public static ServiceEndpoint For(AfConfig config, Func<Secret> token)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            System = "Supabase",
            BaseAddress = config.Endpoints.Supabase is { } given ? new(given.TrimEnd('/') + "/") : s_public,
            Token = token,
            TokenReference = config.Supabase.Token,
            NeededScope = "the project's secrets (api_gateway_keys read and write)",
            StatusPage = "https://status.supabase.com",
        };
    }
}
