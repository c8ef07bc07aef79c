using System.Globalization;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.GitHub;

/// <summary>Whether a token that is not yet in use reads the pinned repository; answers that repository's id.</summary>
public sealed class GitHubKeyCheck(HttpClients clients, ServiceEndpoint endpoint, long repositoryId) : IApiKeyCheck
{
    /// <inheritdoc/>
    public async Task<string?> ReadOwnerAsync(Secret key, CancellationToken cancellationToken)
    {
        JsonExchange api = new(clients, endpoint with { Token = () => key, TokenReference = "the new token" });
        try
        {
            return (await api.FindAsync($"repositories/{repositoryId.ToString(CultureInfo.InvariantCulture)}", cancellationToken))?.Number("id")?.ToString(CultureInfo.InvariantCulture);
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.Authentication or FaultKind.Permission)
        {
            return null;
        }
    }
}
