using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>Where the payment provider delivers its events.</summary>
public interface IWebhookEndpoints
{
    /// <summary>Id of the account that the key belongs to.</summary>
    Task<string> ReadAccountIdAsync(CancellationToken cancellationToken);

    /// <summary>All endpoints.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes an endpoint like <paramref name="model"/> that carries <paramref name="tag"/>; repeated with the same key within a day the provider answers the same.</summary>
    /// <returns>Its id and its signing secret, which the provider tells only here.</returns>
    Task<(string Id, Secret Secret)> CreateAsync(WebhookEndpoint model, string tag, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Switches deliveries on or off.</summary>
    Task SetEnabledAsync(string id, bool enabled, CancellationToken cancellationToken);

    /// <summary>Removes it; one that is gone already does not matter.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
