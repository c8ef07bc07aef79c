using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>Asks a provider whom a key belongs to.</summary>
public interface IApiKeyCheck
{
    /// <summary>The account, or null when the provider rejects the key.</summary>
    Task<string?> ReadOwnerAsync(Secret key, CancellationToken cancellationToken);
}
