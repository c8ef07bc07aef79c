using AgentFlow.Adapters.App;
using AgentFlow.Adapters.Aws;
using AgentFlow.Adapters.Files;
using AgentFlow.Adapters.Git;
using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Postgres;
using AgentFlow.Adapters.Postgres.Lead;
using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Adapters.Probing;
using AgentFlow.Adapters.Rotation;
using AgentFlow.Adapters.Stripe;
using AgentFlow.Adapters.Supabase;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Journal;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Rotation;
using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Cmdlets.Session;

/// <summary>The only place that knows the adapters: builds each port of one context when it is first used.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly Lazy<HttpClients> _http;
    private readonly Lazy<VercelClient> _vercel;
    private readonly Lazy<IRepositorySource> _repositories;
    private readonly Lazy<IReadOnlyList<IIdentitySource>> _identities;
    private readonly Lazy<RotationAdapters> _rotation;
    private readonly Lazy<AppHttp> _app;
    private readonly Lazy<IRouteProbe> _routes;
    private readonly Lazy<IStampSource> _stamps;
    private readonly Lazy<LeadCheck> _lead;
    private readonly Lazy<IRlsDatabase> _database;
    private readonly Lazy<IFixtureStore> _fixtures;
    private readonly AfConfig _config;

    public Composition(AfConfig config, ContextSecrets secrets, TimeProvider time)
    {
        _config = config;
        _http = new(() => new(time));
        ServiceEndpoint vercel = VercelEndpoint.For(config, () => secrets.Require(ContextSecrets.VercelToken));
        ServiceEndpoint github = GitHubEndpoint.For(config, () => secrets.Require(ContextSecrets.GitHubToken));
        _vercel = new(() => new(_http.Value, vercel, config.Vercel.TeamId));
        _repositories = new(() => new GitHubRepositories(_http.Value, github));
        _identities = new(() => IdentitiesOf(config, secrets, time, _http.Value, vercel, github));
        _app = new(() => new(time, config.App.StampHeader, () => secrets.Find(ContextSecrets.ProtectionBypass)));
        _routes = new(() => new RouteProbe(_app.Value));
        _stamps = new(() => new AppStamp(_routes.Value, config.App));
        _lead = new(() => new(
            config,
            new LeadApi(_app.Value, config, () => secrets.Require(ContextSecrets.LeadApiKey)),
            config.Supabase.Database is null && !secrets.Has(ContextSecrets.Database) ? null : new LeadDatabase(new(() => secrets.Require(ContextSecrets.Database), "AgentFlow.PS lead"), config),
            new(time),
            () => secrets.Has(ContextSecrets.StripeKey) ? secrets.Require(ContextSecrets.StripeKey) : null));
        _database = new(() => DatabaseOf(() => secrets.Require(ContextSecrets.Database)));
        _fixtures = new(() => FixturesOf(() => secrets.Require(ContextSecrets.Database)));
        _rotation = new(() => new(config, _http.Value, RotationSecretsOf(config, secrets), time));
    }

    public IDeploymentSource Deployments => _vercel.Value;

    public IVariableSource Variables => _vercel.Value;

    public IRepositorySource Repositories => _repositories.Value;

    public IStampSource? Stamps => _config.App is { StampHeader: null, StampPath: null } ? null : _stamps.Value;

    public IRouteProbe RouteProbe => _routes.Value;

    public LeadCheck LeadCheck => _lead.Value;

    /// <summary>The configured non-production database, asked about its tenant isolation.</summary>
    public IRlsDatabase Database => _database.Value;

    /// <summary>Where tenant fixtures are made.</summary>
    public IFixtureStore Fixtures => _fixtures.Value;

    /// <summary>One per provider, for Test-AfContext.</summary>
    public IReadOnlyList<IIdentitySource> Identities => _identities.Value;

    /// <summary>The append-only record that procedures share.</summary>
    public IJournalStore Journal => _rotation.Value.Journal;

    /// <summary>The rotation procedure on the real outside.</summary>
    public RotationEngine Rotation => new(RotationPorts(), new());

    /// <summary>What a rotation talks to.</summary>
    public RotationPorts RotationPorts() => _rotation.Value.Ports();

    /// <summary>A database by its connection, for commands that take a secret reference.</summary>
    public static IRlsDatabase DatabaseOf(Func<Secret> connection) => new RlsDatabase(connection);

    /// <summary>As <see cref="DatabaseOf"/>, for fixtures.</summary>
    public static IFixtureStore FixturesOf(Func<Secret> connection) => new FixtureStore(connection);

    /// <summary>What a search for secrets talks to; it needs no context, and with one its rehearsal copies stand in for the providers.</summary>
    public static (ScanPorts Ports, IAsyncDisposable Closing) ForScans(AfContext? context, TimeProvider time)
    {
        HttpClients http = new(time);
        return (new(new GitTree(), new GitHistory(), new UserFingerprintKey(), new ProviderProbe(http, context?.Config ?? new() { Name = "none" })), http);
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_rotation.IsValueCreated)
        {
            await _rotation.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (_app.IsValueCreated)
        {
            await _app.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (_http.IsValueCreated)
        {
            await _http.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Vercel and GitHub belong to every application; the others are asked where a credential is at hand.
    private static List<IIdentitySource> IdentitiesOf(AfConfig config, ContextSecrets secrets, TimeProvider time, HttpClients http, ServiceEndpoint vercel, ServiceEndpoint github)
    {
        List<IIdentitySource> all = [new VercelIdentity(http, vercel, config.Vercel.TeamId), new GitHubIdentity(http, github)];
        if (secrets.Has(ContextSecrets.StripeKey))
        {
            all.Add(new StripeIdentity(http, StripeEndpoint.For(config, () => secrets.Require(ContextSecrets.StripeKey)), config.Stripe.AccountId));
        }

        if (secrets.Has(ContextSecrets.SupabaseToken))
        {
            all.Add(new SupabaseIdentity(http, SupabaseEndpoint.For(config, () => secrets.Require(ContextSecrets.SupabaseToken)), config.Supabase));
        }

        if (config.Aws is { AccountId: not null } or { Key: not null } or { Profile: not null })
        {
            all.Add(new AwsCallerIdentity(http, config, config.Aws.Key is null ? null : () => secrets.Require(ContextSecrets.AwsKey)));
        }

        if (config.Supabase.Database is not null || secrets.Has(ContextSecrets.Database))
        {
            all.Add(new DatabaseRole(new(() => secrets.Require(ContextSecrets.Database)), time));
        }

        return all;
    }

    private static RotationSecrets RotationSecretsOf(AfConfig config, ContextSecrets secrets) => new()
    {
        Vercel = () => secrets.Require(ContextSecrets.VercelToken),
        Stripe = () => secrets.Require(ContextSecrets.StripeKey),
        Supabase = () => secrets.Require(ContextSecrets.SupabaseToken),
        GitHub = () => secrets.Require(ContextSecrets.GitHubToken),
        ProbeKey = config.App.ProbeKey is null ? null : () => secrets.Require(ContextSecrets.ProbeKey),
        Bypass = config.Vercel.ProtectionBypass is null ? null : () => secrets.Require(ContextSecrets.ProtectionBypass),
        AdminDatabase = credential => secrets.Require(ContextSecrets.AdminDatabase(credential)),
        AwsKey = config.Aws.Key is null ? null : () => secrets.Require(ContextSecrets.AwsKey),
        JournalDatabase = config.Journal.Database is null ? null : () => secrets.Require(ContextSecrets.JournalDatabase),
    };
}
