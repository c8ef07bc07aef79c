using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Session;

/// <summary>
/// The credentials of one context, read once when it is connected and known to the redaction engine from then on.
/// One that is not there becomes a fault only where a command needs it.
/// </summary>
internal sealed class ContextSecrets(SecretResolver resolver, RedactionSession redaction)
{
    public const string VercelToken = "the Vercel token";
    public const string GitHubToken = "the GitHub token";
    public const string ProtectionBypass = "the Vercel protection bypass";
    public const string Database = "the database connection";
    public const string LeadApiKey = "the lead API key";
    public const string SupabaseToken = "the Supabase token";
    public const string StripeKey = "the Stripe key";
    public const string AwsKey = "the AWS key";
    public const string ProbeKey = "the app's probe key";
    public const string JournalDatabase = "the journal database";

    /// <summary>The admin connection of one credential.</summary>
    public static string AdminDatabase(CredentialConfig credential) => $"the admin database of {credential.Name}";

    private readonly Dictionary<string, Secret> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AfFaultException> _missing = new(StringComparer.Ordinal);

    /// <summary>Keeps a secret that the operator gave as a parameter.</summary>
    public void Give(string name, Secret secret)
    {
        redaction.AddKnown(secret);
        _found[name] = secret;
        _missing.Remove(name);
    }

    /// <summary>Reads a secret by reference; what is wrong is kept for the moment of use.</summary>
    public void Read(string name, string? reference)
    {
        if (_found.ContainsKey(name) || reference is null)
        {
            return;
        }

        try
        {
            Give(name, resolver.Resolve(SecretReference.Parse(reference, name), name));
        }
        catch (AfFaultException fault) when (fault.Id is FaultId.SecretNotFound)
        {
            _missing[name] = fault;
        }
    }

    /// <summary>The secret, or null when the config names none.</summary>
    /// <exception cref="AfFaultException">The config names one and it is not there.</exception>
    public Secret? Find(string name) => _found.TryGetValue(name, out Secret? secret)
        ? secret
        : _missing.TryGetValue(name, out AfFaultException? fault) ? throw Again(fault) : null;

    /// <summary>True when the secret is at hand.</summary>
    public bool Has(string name) => _found.ContainsKey(name);

    /// <summary>The secret.</summary>
    /// <exception cref="AfFaultException">It is not there.</exception>
    public Secret Require(string name) => Find(name) ?? throw new AfFaultException(
        FaultKind.Authentication, FaultId.SecretNotFound, $"The context has no reference to {name}.", "Name one in agentflow.json (env:NAME, vault:NAME or file:PATH) or give it to Connect-AfContext as a SecureString.", name);

    private static AfFaultException Again(AfFaultException fault) => new(fault.Kind, fault.Id, fault.Message, fault.Fix, fault.Target);
}
