using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentFlow.Faults;

namespace AgentFlow.Checks;

/// <summary>One run of checks: shares a run id, turns faults into <see cref="CheckOutcome.Error"/> records and merges concurrent groups as they produce.</summary>
public sealed class CheckRun(TimeProvider time)
{
    private readonly TimeProvider _time = time;

    /// <summary>The id that all records of this run carry.</summary>
    public Guid RunId { get; } = Guid.CreateVersion7();

    /// <summary>The clock of the run.</summary>
    public TimeProvider Time => _time;

    /// <summary>Runs one check body; a fault becomes an Error record with its fix, cancellation passes through.</summary>
    public async Task<CheckResult> RunAsync(CheckDefinition check, string target, Func<CancellationToken, Task<CheckFinding>> body, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        DateTimeOffset startedAt = _time.GetUtcNow();
        CheckFinding finding;
        try
        {
            finding = await body(cancellationToken).ConfigureAwait(false);
        }
        catch (AfFaultException fault)
        {
            finding = new() { Outcome = CheckOutcome.Error, Reason = fault.Message, Actual = fault.Id, Remediation = fault.Fix };
        }

        return Result(check, target, finding, startedAt, _time.GetElapsedTime(start));
    }

    /// <summary>Makes the record of a finding that needed no body of its own.</summary>
    public CheckResult Result(CheckDefinition check, string target, CheckFinding finding, DateTimeOffset? startedAt = null, TimeSpan duration = default) => new()
    {
        RunId = RunId,
        CheckId = check.CheckId,
        RunbookId = check.RunbookId,
        Title = check.Title,
        Surface = check.Surface,
        Target = target,
        Outcome = finding.Outcome,
        Reason = finding.Reason,
        Expected = finding.Expected,
        Actual = finding.Actual,
        Remediation = finding.Remediation,
        Attempts = finding.Attempts,
        StartedAt = startedAt ?? _time.GetUtcNow(),
        Duration = duration,
    };

    /// <summary>Runs all groups at once and yields each record as soon as any group has it. A group that throws ends the run with its exception.</summary>
    public static async IAsyncEnumerable<T> MergeAsync<T>(IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<T>>> groups, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<T> channel = Channel.CreateBounded<T>(new BoundedChannelOptions(64) { SingleReader = true });
        Task pump = PumpAsync(groups, channel.Writer, stop);
        try
        {
            await foreach (T item in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            // A consumer that stops early must not leave a group talking to the outside; its cancellation is expected, its faults were already completed into the channel.
            await stop.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PumpAsync<T>(IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<T>>> groups, ChannelWriter<T> writer, CancellationTokenSource stop)
    {
        Exception? first = null;
        await Task.WhenAll(groups.Select(async group =>
        {
            try
            {
                await foreach (T item in group(stop.Token).ConfigureAwait(false))
                {
                    await writer.WriteAsync(item, stop.Token).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref first, exception, null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        writer.Complete(first);
    }
}
