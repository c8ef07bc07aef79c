using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentFlow.Checks;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Deployments.Lead;

/// <summary>
/// Runbook D4: sends one synthetic lead to a non-production deployment, watches what becomes of it, and removes its rows.
/// </summary>
/// <param name="config">The application.</param>
/// <param name="intake">The application's way in.</param>
/// <param name="database">Its database; null when none is configured, and then only the intake's answer is checked.</param>
/// <param name="keys">The session's keys; one instance per context.</param>
/// <param name="stripeKey">Gives the payment provider's key, whose mode is a signal; null where none is at hand.</param>
public sealed class LeadCheck(AfConfig config, ILeadIntake intake, ILeadDatabase? database, LeadKeys keys, Func<Secret?>? stripeKey = null)
{
    private const string FixConfig = "Set lead.organizationId (the test tenant), lead.apiKey (its key) and a lead.payload with {correlationId} in agentflow.json.";

    /// <summary>Runs everything and yields each record as soon as it is decided. The rows are removed before the last record, also when the reader stops early or cancels. What hinders the send itself is a record too.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard before anything is sent.</exception>
    public async IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, LeadTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(target);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<CheckResult> channel = Channel.CreateUnbounded<CheckResult>(new() { SingleReader = true });
        Task work = PumpAsync(run, target, channel.Writer, stop.Token);
        try
        {
            await foreach (CheckResult result in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Nothing may be left behind when the reader goes away: the work ends with its own removal.
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs everything and returns the record of the lead; <paramref name="onCheck"/> gets each check as soon as it is decided.</summary>
    /// <exception cref="AfFaultException">Nothing was sent: AfProductionGuard, AfLeadNotConfigured, or the database cannot be used.</exception>
    public async Task<LeadQualification> InvokeAsync(CheckRun run, LeadTarget target, Func<CheckResult, CancellationToken, ValueTask>? onCheck, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(target);
        RequireConfigured();
        return await PrepareAsync(target, (records, key, token) => ExecuteAsync(new(config, intake, records, keys, run, target, key, onCheck ?? Nobody), target, key, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes every refusal and every read of a run and sends nothing; the record says what would be sent.</summary>
    /// <exception cref="AfFaultException">As <see cref="InvokeAsync"/>.</exception>
    public async Task<LeadQualification> PlanAsync(CheckRun run, LeadTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(target);
        RequireConfigured();
        return await PrepareAsync(
            target,
            async (records, key, token) =>
            {
                keys.Return(target.DeploymentId, config.Lead.OrganizationId!, key);
                LeadSighting? before = records is null ? null : await records.ReadAsync(new(key.CorrelationId, config.Lead.OrganizationId!), token).ConfigureAwait(false);
                return new LeadNotes(run, target, key, config.Lead.OrganizationId!) { Before = before, RowsLeft = before?.RowCount }.ToRecord(config);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask Nobody(CheckResult result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private async Task PumpAsync(CheckRun run, LeadTarget target, ChannelWriter<CheckResult> writer, CancellationToken cancellationToken)
    {
        try
        {
            LeadGuard.RequireDeployment(config, target);
            await InvokeAsync(run, target, writer.WriteAsync, cancellationToken).ConfigureAwait(false);
            writer.Complete();
        }
        catch (AfFaultException fault) when (fault.Id == FaultId.LeadNotConfigured)
        {
            writer.TryWrite(run.Result(LeadChecks.Intake, target.DeploymentId, CheckFinding.Skipped(fault.Message, fault.Fix)));
            writer.Complete();
        }
        catch (AfFaultException fault) when (fault.Id != FaultId.ProductionGuard)
        {
            writer.TryWrite(run.Result(LeadChecks.Intake, target.DeploymentId, new() { Outcome = CheckOutcome.Error, Reason = $"No lead was sent: {fault.Message}", Actual = fault.Id, Remediation = fault.Fix }));
            writer.Complete();
        }
        catch (Exception exception)
        {
            writer.Complete(exception);
        }
    }

    private async Task<LeadQualification> ExecuteAsync(LeadRun lead, LeadTarget target, LeadKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await lead.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!lead.HasSent)
            {
                keys.Return(target.DeploymentId, config.Lead.OrganizationId!, key);
            }
        }
    }

    private async Task<T> PrepareAsync<T>(LeadTarget target, Func<ILeadRecords?, LeadKey, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        LeadGuard.RequireDeployment(config, target);
        ILeadRecords? records = database is null ? null : await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            LeadGuard.Require(config, target, records?.Identity, stripeKey?.Invoke());
            return await work(records, keys.Take(target.DeploymentId, config.Lead.OrganizationId!), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (records is not null)
            {
                await records.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void RequireConfigured()
    {
        string? missing = string.IsNullOrWhiteSpace(config.Lead.OrganizationId) ? "the config names no test tenant (lead.organizationId)"
            : !LeadFields.AreTagged(config.Lead) ? "no member of lead.payload carries {correlationId}, so its rows could not be told from others"
            : null;
        if (missing is not null)
        {
            throw new AfFaultException(FaultKind.InvalidState, FaultId.LeadNotConfigured, $"No lead can be sent: {missing}.", FixConfig, "lead");
        }
    }
}
