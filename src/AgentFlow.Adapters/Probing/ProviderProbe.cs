using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Stripe;
using AgentFlow.Adapters.Supabase;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Probing;

/// <summary>Asks the issuer of a found secret whether it accepts it. Each rule has one pinned origin; redirects elsewhere are faults, and the value never enters a record, a text or a log.</summary>
public sealed class ProviderProbe : ISecretProbe
{
    private readonly HttpClients _clients;
    private readonly ProviderCall[] _calls;

    /// <summary>The providers of this stack.</summary>
    /// <param name="clients">The one way out.</param>
    /// <param name="config">Whose endpoints are used: the public ones unless it names rehearsal copies on this machine.</param>
    public ProviderProbe(HttpClients clients, AfConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _clients = clients;
        _calls =
        [
            new(["github-token", "github-fine-grained-token"], GitHubEndpoint.For(config, Nothing), "user"),
            new(["stripe-secret-key", "stripe-restricted-key"], StripeEndpoint.For(config, Nothing), "v1/account") { Issued = IsStripes },
            new(["vercel-token"], VercelEndpoint.For(config, Nothing), "v2/user"),
            new(["supabase-access-token"], SupabaseEndpoint.For(config, Nothing), "v1/projects"),
        ];
    }

    /// <inheritdoc/>
    public string? HostOf(string rule) => Find(rule)?.Endpoint.BaseAddress.Authority;

    /// <inheritdoc/>
    public async Task<SecretLiveness> AskAsync(string rule, Secret secret, CancellationToken cancellationToken)
    {
        if (Find(rule) is not { } call)
        {
            return SecretLiveness.NoProvider;
        }

        // A value that stands wrapped or escaped in its text is not the value itself; nothing is sent for it.
        if (!secret.Use(static bytes => !bytes.IsEmpty && !bytes.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)) || !secret.Use(call.Issued))
        {
            return SecretLiveness.Unknown;
        }

        using HttpClient client = _clients.Create(call.Endpoint with { Token = () => secret, TokenReference = "the found secret" });
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(call.Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return SecretLiveness.Live;
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Authentication)
        {
            return SecretLiveness.Refused;
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Permission)
        {
            // Known to the provider, only not allowed this much.
            return SecretLiveness.Live;
        }
    }

    // Others took over sk_live_ for keys of their own; Stripe's go on with the account.
    private static bool IsStripes(ReadOnlySpan<byte> key) => key.Length > 10 && key[8..].StartsWith("51"u8);

    private ProviderCall? Find(string rule) => Array.Find(_calls, call => call.Rules.Contains(rule, StringComparer.Ordinal));

    // Replaced by the found value in every call.
    private static Secret Nothing() => throw new InvalidOperationException("A probe has no credential of its own.");
}
