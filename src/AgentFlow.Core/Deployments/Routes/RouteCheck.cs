using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>Runbook D3: asks every configured route on the immutable address and on the alias, all at once, and judges what comes back.</summary>
/// <param name="config">The application.</param>
/// <param name="probe">Asks for pages.</param>
/// <param name="stamps">Reads the stamp route; null when only headers count.</param>
public sealed class RouteCheck(AfConfig config, IRouteProbe probe, IStampSource? stamps = null)
{
    /// <summary>Runs all checks and yields each record as soon as its answers are there. <paramref name="paths"/> narrows the routes.</summary>
    /// <exception cref="AfFaultException">AfRouteUnknown: a path is not in the config.</exception>
    public async IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, RouteTarget target, IReadOnlyList<string>? paths = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(target);
        IReadOnlyList<RouteExpectation> routes = Narrow(paths);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Uri[] own = [.. target.Origins, .. config.Vercel.ProductionDomains.Append(config.App.ProductionUrl).Select(DeploymentOrigin.Parse).OfType<Uri>()];
        RouteSession session = new(probe, own, stop.Token);
        List<Task> started = [];
        try
        {
            OriginRun[] origins = [.. target.Origins.Select(origin => new OriginRun(session, config, routes, origin, Started(StampAsync(origin, stop.Token), started)))];
            OriginGroups groups = new(config, run, target, session, origins);
            await foreach (CheckResult result in CheckRun.MergeAsync(groups.All(), stop.Token).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await session.SettleAsync().ConfigureAwait(false);
            await Task.WhenAll(started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task<LiveStamp?> Started(Task<LiveStamp?> task, List<Task> started)
    {
        started.Add(task);
        return task;
    }

    private Task<LiveStamp?> StampAsync(Uri origin, CancellationToken cancellationToken) =>
        stamps is null || config.App.StampPath is null ? Task.FromResult<LiveStamp?>(null) : stamps.ReadAsync(origin, cancellationToken);

    private IReadOnlyList<RouteExpectation> Narrow(IReadOnlyList<string>? paths)
    {
        if (paths is null or { Count: 0 })
        {
            return config.Routes;
        }

        foreach (string path in paths)
        {
            if (!config.Routes.Any(route => AnswerRule.SamePath(route.Path, path)))
            {
                throw new AfFaultException(
                    FaultKind.NotFound, FaultId.RouteUnknown, $"The route '{path}' is not in the config.", "Use one of the paths under routes in agentflow.json, or add it there.", path);
            }
        }

        return [.. config.Routes.Where(route => paths.Any(path => AnswerRule.SamePath(route.Path, path)))];
    }
}
