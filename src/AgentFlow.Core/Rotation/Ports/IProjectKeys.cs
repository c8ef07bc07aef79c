using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>The API keys of the pinned database project.</summary>
public interface IProjectKeys
{
    /// <summary>All keys; values are never part of it.</summary>
    Task<IReadOnlyList<ProjectKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes a key.</summary>
    Task<(string Id, Secret Value)> CreateAsync(string type, string name, string description, CancellationToken cancellationToken);

    /// <summary>The value of a key that exists; null when it does not.</summary>
    Task<Secret?> RevealAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes it; one that is gone already does not matter.</summary>
    Task DeleteAsync(string id, bool compromised, CancellationToken cancellationToken);

    /// <summary>Whether the legacy keys (anon, service_role) are accepted.</summary>
    Task<bool> ReadLegacyEnabledAsync(CancellationToken cancellationToken);

    /// <summary>Accepts or refuses the legacy keys.</summary>
    Task SetLegacyEnabledAsync(bool enabled, CancellationToken cancellationToken);
}
