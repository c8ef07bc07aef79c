using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Configuration;
using AgentFlow.Faults;
using AgentFlow.Operator;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Contexts;

/// <summary>Reads a config and its credentials and makes it the session's current application. Opens no connection.</summary>
/// <remarks>
/// <para>The config is looked for from the current folder upwards, then in the user's config folder. Credentials are read once, by reference or from the SecureString parameters, and are known to the redaction engine from then on.</para>
/// <para>A credential that is missing becomes an error only where a command needs it. Test-AfContext asks every provider.</para>
/// </remarks>
/// <example><code>Start-AfSandbox -NoDatabase | Connect-AfContext</code>Connects to a rehearsal copy of the outside world.</example>
/// <example><code>$staging = Connect-AfContext (Get-AfContext).ConfigPath -NoDefault
/// Get-AfDeployment -Context $staging -First 1</code>Keeps a second application beside the current one.</example>
[Cmdlet(VerbsCommunications.Connect, "AfContext")]
[OutputType(typeof(AfContext))]
public sealed class ConnectAfContextCommand : AfCmdlet
{
    /// <summary>The config file; found by walking up from the current folder, then in the user's config folder, by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ConfigPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Vercel access token, in place of the config's reference.</summary>
    [Parameter]
    public SecureString? VercelToken { get; set; }

    /// <summary>GitHub token, in place of the config's reference.</summary>
    [Parameter]
    public SecureString? GitHubToken { get; set; }

    /// <summary>Npgsql connection string of the non-production database, in place of the config's reference.</summary>
    [Parameter]
    public SecureString? Database { get; set; }

    /// <summary>Key of the lead API, in place of the config's reference.</summary>
    [Parameter]
    public SecureString? LeadApiKey { get; set; }

    /// <summary>Keeps the session's current application as it is; use the returned one with -Context.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    // Else the next command of a script would work on the application that was connected before.
    private protected override bool EndsOnFault => true;

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        string path = ResolvePath();
        AfConfig config = ConfigFile.Read(path, text => !ReferenceEquals(Memory.Redaction.Redact(text), text));
        ContextSecrets secrets = await AskPipelineAsync(() => ReadSecrets(config), cancellationToken).ConfigureAwait(false);
        AfContext context = new(config, path, new(config, secrets, Time));
        if (!NoDefault)
        {
            Memory.Context = context;
        }

        await sink.WriteAsync(context, cancellationToken).ConfigureAwait(false);
    }

    private string ResolvePath() => Path is { } given
        ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(given)
        : ConfigFile.Find(SessionState.Path.CurrentFileSystemLocation.Path) ?? throw new AfFaultException(
            FaultKind.InvalidState, FaultId.ConfigNotFound, "There is no agentflow.json in this folder, above it or in the user's config folder.", "Make one with New-AfConfig, or rehearse with: Start-AfSandbox | Connect-AfContext.");

    // Runs on the pipeline thread, because a vault is another module's command.
    private ContextSecrets ReadSecrets(AfConfig config)
    {
        ContextSecrets secrets = new(new SecretResolver(name => VaultReader.Read(this, name)), Memory.Redaction);
        (string Name, SecureString? Given, string? Reference)[] all =
        [
            (ContextSecrets.VercelToken, VercelToken, config.Vercel.Token),
            (ContextSecrets.GitHubToken, GitHubToken, config.GitHub.Token),
            (ContextSecrets.ProtectionBypass, null, config.Vercel.ProtectionBypass),
            (ContextSecrets.Database, Database, config.Supabase.Database),
            (ContextSecrets.LeadApiKey, LeadApiKey, config.Lead.ApiKey),
            (ContextSecrets.SupabaseToken, null, config.Supabase.Token),
            (ContextSecrets.StripeKey, null, config.Stripe.Key),
            (ContextSecrets.AwsKey, null, config.Aws.Key),
            (ContextSecrets.ProbeKey, null, config.App.ProbeKey),
            (ContextSecrets.JournalDatabase, null, config.Journal.Database),
            .. config.Credentials.Select(credential => (ContextSecrets.AdminDatabase(credential), (SecureString?)null, credential.AdminDatabase)),
        ];
        foreach ((string name, SecureString? given, string? reference) in all)
        {
            if (given is { Length: > 0 })
            {
                secrets.Give(name, Secrets.From(given));
            }

            secrets.Read(name, reference);
        }

        return secrets;
    }
}
