using AgentFlow.Checks.Gate;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>How every Test-Af command gives its results: one by one, or as exactly one bool.</summary>
internal static class CheckWriter
{
    /// <summary>Streams the records, or with <paramref name="quiet"/> writes whether a gate would be green.</summary>
    public static async Task WriteAsync(IOperatorSink sink, IAsyncEnumerable<CheckResult> results, bool quiet, CancellationToken cancellationToken)
    {
        ResultGate gate = new([], failOnWarning: false);
        await foreach (CheckResult result in results.ConfigureAwait(false))
        {
            gate.Add(result);
            if (quiet)
            {
                await sink.DetailAsync($"{result.CheckId} {result.Target}: {result.Outcome}: {result.Reason}", cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await sink.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }
        }

        if (quiet)
        {
            await sink.WriteAsync(gate.Decide().ExitCode == 0, cancellationToken).ConfigureAwait(false);
        }
    }
}
