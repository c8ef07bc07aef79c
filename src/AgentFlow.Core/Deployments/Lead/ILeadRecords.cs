using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>
/// What the application wrote about the synthetic lead, read where it was written; the caller disposes it when its run has ended. All reads are
/// read-only; <see cref="RemoveAsync"/> is the only call that changes anything, and only rows of one correlation id.
/// </summary>
public interface ILeadRecords : IAsyncDisposable
{
    /// <summary>Who the database is.</summary>
    DatabaseIdentity Identity { get; }

    /// <summary>One consistent view of everything that belongs to the correlation id, with the tenant's counter.</summary>
    /// <exception cref="AfFaultException">The table of leads does not exist as configured or may not be read; the database failed.</exception>
    Task<LeadSighting> ReadAsync(LeadQuestion question, CancellationToken cancellationToken);

    /// <summary>What others see of these rows: a user of another tenant, a visitor without a session, and a user of the tenant itself as the counter-proof.</summary>
    /// <exception cref="AfFaultException">The database failed.</exception>
    Task<LeadVisibility> ReadAsOthersAsync(LeadQuestion question, LeadSighting sighting, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the rows of the correlation id in one transaction, by their exact ids, children first. It refuses (and changes nothing)
    /// when there are more leads than one run can make.
    /// </summary>
    /// <exception cref="AfFaultException">The database failed or refused; nothing was changed.</exception>
    Task<LeadRemoval> RemoveAsync(LeadQuestion question, CancellationToken cancellationToken);
}
