using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Asks Stripe for the account of a key that is not yet in use.</summary>
public sealed class StripeKeyCheck(HttpClients clients, ServiceEndpoint endpoint) : IApiKeyCheck
{
    /// <inheritdoc/>
    public async Task<string?> ReadOwnerAsync(Secret key, CancellationToken cancellationToken)
    {
        try
        {
            return await new AccountReader(clients, endpoint with { Token = () => key, TokenReference = "the new key" }).ReadAsync(cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Authentication)
        {
            return null;
        }
    }
}
