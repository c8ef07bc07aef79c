using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>Access keys of users of the pinned cloud account.</summary>
public interface IAccessKeys
{
    /// <summary>The account of the caller's own credentials.</summary>
    Task<string> ReadCallerAccountAsync(CancellationToken cancellationToken);

    /// <summary>The keys of a user.</summary>
    Task<IReadOnlyList<AccessKey>> ListAsync(string userName, CancellationToken cancellationToken);

    /// <summary>Makes a key; the provider tells its secret only here.</summary>
    Task<(string Id, Secret Secret)> CreateAsync(string userName, CancellationToken cancellationToken);

    /// <summary>Activates or deactivates a key.</summary>
    Task SetActiveAsync(string userName, string id, bool active, CancellationToken cancellationToken);

    /// <summary>Removes it; one that is gone already does not matter.</summary>
    Task DeleteAsync(string userName, string id, CancellationToken cancellationToken);

    /// <summary>When it was last used; null when never. Reported with some hours' delay.</summary>
    Task<DateTimeOffset?> ReadLastUsedAsync(string id, CancellationToken cancellationToken);

    /// <summary>The account that answers to this key, or null while it is not accepted.</summary>
    Task<string?> TryAsync(string id, Secret secret, CancellationToken cancellationToken);
}
