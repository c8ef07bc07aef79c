using System.Collections.Concurrent;

namespace AgentFlow.Sandbox.App.Leads;

/// <summary>Leads without a database: production's, which the rehearsal must not mix with the test tenant's, and all where no PostgreSQL is installed.</summary>
internal sealed class MemoryLeads : ILeadTables
{
    private readonly ConcurrentDictionary<Guid, string> _states = [];

    public Task<Guid> InsertAsync(NewLead lead, CancellationToken cancellationToken)
    {
        Guid id = Guid.NewGuid();
        _states[id] = "new";
        return Task.FromResult(id);
    }

    public Task<bool> BeginAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(_states.TryUpdate(id, "processing", "new"));

    public Task FinishAsync(Guid id, LeadOutcome outcome, CancellationToken cancellationToken)
    {
        _states.TryUpdate(id, outcome.State, "processing");
        return Task.CompletedTask;
    }
}
