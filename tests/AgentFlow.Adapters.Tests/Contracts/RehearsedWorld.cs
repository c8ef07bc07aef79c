using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Supabase;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Configuration;
using AgentFlow.Safety;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Contracts;

/// <summary>A sandbox and our real clients, composed from the config that the sandbox writes.</summary>
internal sealed class RehearsedWorld : IAsyncDisposable
{
    private RehearsedWorld(SandboxHost host)
    {
        Host = host;
        Config = ConfigFile.Read(host.Ready.ConfigPath, _ => false);
        Clients = new(TimeProvider.System, new() { Retries = 1, FirstWait = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromMilliseconds(10) });
        VercelEndpoint = global::AgentFlow.Adapters.Vercel.VercelEndpoint.For(Config, () => Token(Config.Vercel.Token));
        GitHubEndpoint = global::AgentFlow.Adapters.GitHub.GitHubEndpoint.For(Config, () => Token(Config.GitHub.Token));
        SupabaseEndpoint = global::AgentFlow.Adapters.Supabase.SupabaseEndpoint.For(Config, () => Token(Config.Supabase.Token));
        Deployments = new(Clients, VercelEndpoint, Config.Vercel.TeamId);
        Repositories = new(Clients, GitHubEndpoint);
    }

    public SandboxHost Host { get; }

    public AfConfig Config { get; }

    public HttpClients Clients { get; }

    public ServiceEndpoint VercelEndpoint { get; }

    public ServiceEndpoint GitHubEndpoint { get; }

    public ServiceEndpoint SupabaseEndpoint { get; }

    public VercelClient Deployments { get; }

    public GitHubRepositories Repositories { get; }

    public string Project => Config.Vercel.ProjectId!;

    public static async Task<RehearsedWorld> StartAsync(string scenario = "healthy") => new(await SandboxHost.StartAsync(scenario));

    public async ValueTask DisposeAsync()
    {
        await Clients.DisposeAsync();
        await Host.DisposeAsync();
    }

    private static Secret Token(string reference) => new SecretResolver().Resolve(SecretReference.Parse(reference, "a test"), "a test");
}
