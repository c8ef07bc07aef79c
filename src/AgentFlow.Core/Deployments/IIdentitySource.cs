using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Asks one outside system who it takes us for.</summary>
public interface IIdentitySource
{
    /// <summary>The system's name, as in <see cref="ProviderIdentity.System"/>.</summary>
    string System { get; }

    /// <summary>Who the credential is, what it may do, and the system's clock.</summary>
    /// <exception cref="AfFaultException">The credential was refused or the system could not be asked.</exception>
    Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken);
}
