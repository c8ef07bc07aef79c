using System.Runtime.CompilerServices;
using AgentFlow.Deployments;

namespace AgentFlow.Adapters.Vercel.BuildLogs;

/// <summary>Reads a growing log again and again until its build has ended, each line once. Does not trust the server to end a stream or to keep one open.</summary>
internal sealed class BuildLogFollower(BuildLog log, Func<CancellationToken, Task<bool>> hasEnded, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<BuildLogLine> ReadAsync(BuildLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long index = 0;
        DateTimeOffset? last = null;
        int seenAtLast = 0;
        while (true)
        {
            // Asked before reading: what is written between the two is read now or was the end.
            bool ended = await hasEnded(cancellationToken).ConfigureAwait(false);
            int skip = seenAtLast;
            DateTimeOffset? from = last;
            await foreach (BuildLogLine line in log.ReadAsync(query with { Since = last ?? query.Since }, cancellationToken).ConfigureAwait(false))
            {
                if (from is { } known && (line.Timestamp is not { } at || at < known || (at == known && skip-- > 0)))
                {
                    continue;
                }

                if (line.Timestamp is { } newest && (last is null || newest >= last))
                {
                    seenAtLast = newest == last ? seenAtLast + 1 : 1;
                    last = newest;
                }

                yield return line with { Index = index++ };
            }

            if (ended)
            {
                yield break;
            }

            await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
