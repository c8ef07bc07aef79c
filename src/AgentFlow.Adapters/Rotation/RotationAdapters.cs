using System.Globalization;
using AgentFlow.Adapters.App;
using AgentFlow.Adapters.Aws;
using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Postgres;
using AgentFlow.Adapters.Ses;
using AgentFlow.Adapters.Store;
using AgentFlow.Adapters.Stripe;
using AgentFlow.Adapters.Supabase;
using AgentFlow.Adapters.Vault;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Faults;
using AgentFlow.Journal;
using AgentFlow.Rotation;
using AgentFlow.Rotation.Kinds;

namespace AgentFlow.Adapters.Rotation;

/// <summary>The real outside of a rotation for one config. Nothing is opened before it is used.</summary>
public sealed class RotationAdapters : IAsyncDisposable
{
    private readonly AfConfig _config;
    private readonly HttpClients _clients;
    private readonly RotationSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly DataProtectionSlot _slot;

    /// <param name="config">The application.</param>
    /// <param name="clients">The context's one way out.</param>
    /// <param name="secrets">Its credentials.</param>
    /// <param name="time">The clock.</param>
    public RotationAdapters(AfConfig config, HttpClients clients, RotationSecrets secrets, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(secrets);
        _config = config;
        _clients = clients;
        _secrets = secrets;
        _time = time;
        string file = config.Journal.Path ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "agentflow", config.Name, "journal.db");
        _slot = new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "sealed"));
        string actor = $"{Environment.UserName}@{Environment.MachineName}";
        Journal = secrets.JournalDatabase is { } database
            ? AdoJournalStore.OnPostgres(database, actor, time)
            : AdoJournalStore.OnSqlite(file, actor, time);
    }

    /// <summary>The journal, which other procedures share.</summary>
    public IJournalStore Journal { get; }

    /// <summary>The ports of the procedure. Made anew for each use, for they check the config's pins.</summary>
    public RotationPorts Ports()
    {
        ServiceEndpoint vercel = VercelAddress();
        return new()
        {
            Journal = Journal,
            Slot = _slot,
            Variables = new VercelVariables(_clients, vercel, _config.Vercel.ProjectId ?? string.Empty, _config.Vercel.TeamId),
            Releases = new VercelReleases(_clients, vercel, _config.Vercel),
            App = new ReleaseProbe(_clients, _config, _secrets.ProbeKey, _secrets.Bypass),
            Freeze = new NoFreeze(),
            KindOf = KindOf,
            Time = _time,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        _slot.Dispose();
    }

    private ICredentialKind KindOf(CredentialConfig credential) => credential.Kind switch
    {
        CredentialKind.GeneratedSecret => new GeneratedSecretKind(),
        CredentialKind.StripeWebhookSecret => new StripeWebhookSecretKind(new StripeEndpoints(_clients, Stripe()), _config.Stripe.AccountId, _time),
        CredentialKind.StripeApiKey => OperatorKind.Stripe(new StripeKeyCheck(_clients, Stripe()), _config.Stripe.AccountId, IsLive),
        CredentialKind.SupabaseApiKey => new SupabaseApiKeyKind(new SupabaseProjectKeys(_clients, SupabaseEndpoint.For(_config, _secrets.Supabase), Project()), Project()),
        CredentialKind.PostgresRolePassword => new PostgresRolePasswordKind(new RolePasswords(() => _secrets.AdminDatabase(credential))),
        CredentialKind.AwsIamAccessKey => new AwsIamAccessKeyKind(Keys(), _config.Aws.AccountId, _time),
        CredentialKind.SesSmtpPassword => new SesSmtpPasswordKind(Keys(), new SesMailAccount(_clients, _config, _secrets.AwsKey), _config.Aws.AccountId, _config.Aws.Region, _time),
        CredentialKind.GitHubToken => OperatorKind.GitHub(
            new GitHubKeyCheck(_clients, GitHubAddress(), _config.GitHub.RepositoryId ?? 0), _config.GitHub.RepositoryId?.ToString(CultureInfo.InvariantCulture)),
        _ => OperatorKind.Generic(),
    };

    // The mode of the operator's own key, which is the one that the account is pinned with.
    private bool? IsLive() => _config.Stripe.Key is null ? null : _secrets.Stripe().Use<bool?>(static key =>
        key.IndexOf("_live_"u8) > 0 ? true : key.IndexOf("_test_"u8) > 0 ? false : null);

    private ServiceEndpoint Stripe() => StripeEndpoint.For(_config, _secrets.Stripe);

    private IamAccessKeys Keys() => new(_clients, AwsEndpoints.Iam(_config), AwsEndpoints.Sts(_config), _config.Aws.Profile, _secrets.AwsKey);

    private string Project() => _config.Supabase.ProductionRef ?? throw new AfFaultException(
        FaultKind.InvalidState, FaultId.RotationStateRefused, "The config pins no Supabase project.", "Add supabase.productionRef to agentflow.json.");

    private ServiceEndpoint VercelAddress() => new()
    {
        System = "Vercel",
        BaseAddress = _config.Endpoints.Vercel is { } given ? new(given.TrimEnd('/') + "/") : new("https://api.vercel.com/"),
        Token = _secrets.Vercel,
        TokenReference = _config.Vercel.Token,
        NeededScope = "the team that owns the project",
        StatusPage = "https://www.vercel-status.com",
    };

    private ServiceEndpoint GitHubAddress() => new()
    {
        System = "GitHub",
        BaseAddress = _config.Endpoints.GitHub is { } given ? new(given.TrimEnd('/') + "/") : new("https://api.github.com/"),
        Token = _secrets.GitHub,
        TokenReference = _config.GitHub.Token,
        NeededScope = "contents and metadata of the repository, read",
        StatusPage = "https://www.githubstatus.com",
    };
}
