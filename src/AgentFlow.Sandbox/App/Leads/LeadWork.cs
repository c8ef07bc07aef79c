using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;
using Npgsql;

namespace AgentFlow.Sandbox.App.Leads;

/// <summary>Qualifies leads after they were accepted, as a background job does.</summary>
internal sealed class LeadWork(SandboxState sandbox)
{
    private static readonly TimeSpan s_pickUp = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_think = TimeSpan.FromMilliseconds(250);

    /// <summary>From the acceptance of a lead to its final state.</summary>
    public static TimeSpan Takes => s_pickUp + s_think;

    private int _generation;

    /// <summary>Drops what is under way: a new scenario begins.</summary>
    public void Reset() => Interlocked.Increment(ref _generation);

    /// <summary>Begins the work on one lead and does not wait for it.</summary>
    public void Start(ILeadTables tables, Guid id) => _ = QualifyAsync(tables, id, Volatile.Read(ref _generation));

    private async Task QualifyAsync(ILeadTables tables, Guid id, int generation)
    {
        try
        {
            await Task.Delay(s_pickUp, sandbox.Time, CancellationToken.None).ConfigureAwait(false);
            if (IsOver(generation) || !await tables.BeginAsync(id, CancellationToken.None).ConfigureAwait(false) || sandbox.Has(Trait.LeadStuck))
            {
                return;
            }

            await Task.Delay(s_think, sandbox.Time, CancellationToken.None).ConfigureAwait(false);
            if (IsOver(generation))
            {
                return;
            }

            bool isFailed = sandbox.Has(Trait.LeadFailed);
            LeadOutcome outcome = new(
                isFailed ? "failed" : "qualified",
                isFailed ? 0 : sandbox.Has(Trait.DoubleUsage) ? 2 : 1,
                !sandbox.Has(Trait.LeadWithoutAudit),
                sandbox.Has(Trait.IntegrationFailed) ? "failed" : "delivered");
            await tables.FinishAsync(id, outcome, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException)
        {
            // The scenario was switched or the database has ended under the job: there is nobody left to qualify for.
        }
    }

    private bool IsOver(int generation) => Volatile.Read(ref _generation) != generation;
}
