using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>
/// What the application wrote about the synthetic lead, read where it was written. All reads are read-only; <see cref="RemoveAsync"/>
/// is the only call that changes anything, and only rows of one correlation id.
/// </summary>
public interface ILeadRecords
{
    /// <summary>Who the database is; opens the connections, one of which stays free for the removal.</summary>
    /// <exception cref="AfFaultException">It cannot be reached, or refuses the credential.</exception>
    Task<DatabaseIdentity> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>One consistent view of everything that belongs to the correlation id, with the tenant's counter.</summary>
    /// <exception cref="AfFaultException">A configured table or column does not exist or may not be read.</exception>
    Task<LeadSighting> ReadAsync(LeadQuestion question, CancellationToken cancellationToken);

    /// <summary>What others see of these rows: a user of another tenant, a visitor without a session, and a user of the tenant itself as the counter-proof.</summary>
    Task<LeadVisibility> ReadAsOthersAsync(LeadQuestion question, LeadSighting sighting, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the rows of the correlation ids in one transaction, by their exact ids, children first. With <paramref name="seen"/>
    /// it refuses (and changes nothing) when the rows are not those.
    /// </summary>
    Task<LeadRemoval> RemoveAsync(LeadQuestion question, LeadSighting? seen, CancellationToken cancellationToken);
}
