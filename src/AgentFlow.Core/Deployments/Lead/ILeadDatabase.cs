using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>The database that the tested deployment writes to.</summary>
public interface ILeadDatabase
{
    /// <summary>Opens what one run needs, the connection for the removal included, so that a removal never waits for one.</summary>
    /// <exception cref="AfFaultException">It cannot be reached, or refuses the credential.</exception>
    Task<ILeadRecords> OpenAsync(CancellationToken cancellationToken);
}
