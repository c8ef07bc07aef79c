using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Behaviour;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Data;
using AgentFlow.Rls.Guard;
using AgentFlow.Rls.Spec;

namespace AgentFlow.Rls;

/// <summary>
/// Proves or disproves tenant isolation: reads the catalog, counts rows, and where the guard allows it acts as tenants; one READ ONLY transaction for
/// what reads, one for probes of writes, both always rolled back. Each check says what it looked at, so that no finding never means not looked.
/// </summary>
public sealed class RlsTest(IRlsDatabase database, RlsOptions options)
{
    /// <summary>Runs the wanted layers and streams what they say.</summary>
    /// <exception cref="AfFaultException">The database cannot be used at all.</exception>
    public async IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        RlsReport report = new(run, new(options.Schemas, options.Tables), options.Spec, database.Address);
        await using IRlsSession session = await database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsWorld world = await RlsWorld.ReadAsync(session, options, cancellationToken).ConfigureAwait(false);
        yield return report.Tenancy(world);

        RlsGuardVerdict verdict = RlsGuard.Judge(database, world.Facts, options.Guard);
        yield return report.Guard(verdict, insisted: options.Layers.Contains(RlsLayer.Behaviour) || options.Guard.ExpectedEnvironment is not null);

        // What acting as tenants can disprove waits for it.
        bool acts = options.Wants(RlsLayer.Behaviour) && verdict.Allowed;
        if (options.Wants(RlsLayer.Catalog))
        {
            foreach (CheckResult result in RlsCatalogChecks.All.Where(check => !acts || check.Check != RlsChecks.DefinerView).SelectMany(check => Judge(report, world.Scene, check, null)))
            {
                yield return result;
            }
        }

        (IReadOnlyList<TruthTable> truths, AfFaultException? uncounted) = await CountAsync(world, session, cancellationToken).ConfigureAwait(false);
        if (options.Wants(RlsLayer.Data))
        {
            await foreach (CheckResult result in new DataLayer(world, truths, uncounted).RunAsync(report, session, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }

        if (options.Wants(RlsLayer.Behaviour))
        {
            (BehaviourObservations? observed, IReadOnlyList<CheckResult> results) = await BehaviourAsync(report, new(database, world, truths, options), seen => new(world, truths, seen), verdict, uncounted, session, cancellationToken).ConfigureAwait(false);
            foreach (CheckResult result in results)
            {
                yield return result;
            }

            foreach (CheckResult result in acts && options.Wants(RlsLayer.Catalog) ? Judge(report, world.Scene, RlsCatalogChecks.All.Single(check => check.Check == RlsChecks.DefinerView), observed) : [])
            {
                yield return result;
            }
        }

        if (options.Wants(RlsLayer.Spec))
        {
            foreach (CheckResult result in await SpecAsync(report, world, DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime), cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private async Task<(IReadOnlyList<TruthTable> Truths, AfFaultException? Fault)> CountAsync(RlsWorld world, IRlsSession session, CancellationToken cancellationToken)
    {
        if ((!options.Wants(RlsLayer.Data) && !options.Wants(RlsLayer.Behaviour)) || !world.Facts.BypassesRls)
        {
            return ([], null);
        }

        try
        {
            return (await new TruthReader(world.Scene.Model).ReadAsync(session, ReadPlan.Countable(world.Scene, options), cancellationToken).ConfigureAwait(false), null);
        }
        catch (AfFaultException fault)
        {
            return ([], fault);
        }
    }

    // A layer that breaks off says so in each of its checks; what the others found stands.
    private static async Task<(BehaviourObservations? Observed, IReadOnlyList<CheckResult> Results)> BehaviourAsync(
        RlsReport report, BehaviourLayer layer, Func<BehaviourObservations, BehaviourVerdicts> verdicts, RlsGuardVerdict verdict, AfFaultException? uncounted, IRlsSession session, CancellationToken cancellationToken)
    {
        if (layer.Blocked(verdict) is { } reason)
        {
            return (null, [.. report.Skip(BehaviourLayer.Checks, reason)]);
        }

        if (uncounted is not null)
        {
            return (null, [.. report.Break(BehaviourLayer.Checks, "Counting the rows that tenants should see", uncounted)]);
        }

        try
        {
            BehaviourObservations observed = await layer.ObserveAsync(session, cancellationToken).ConfigureAwait(false);
            return (observed, [.. verdicts(observed).Judge(report)]);
        }
        catch (AfFaultException fault)
        {
            return (null, [.. report.Break(BehaviourLayer.Checks, "Acting as tenants", fault)]);
        }
    }

    private async Task<IReadOnlyList<CheckResult>> SpecAsync(RlsReport report, RlsWorld world, DateOnly today, CancellationToken cancellationToken)
    {
        if (world.Scene.Spec is null)
        {
            return [.. report.Skip(SpecLayer.Checks, SpecLayer.NoSpec)];
        }

        try
        {
            await using IRlsSession session = await database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
            return [.. (await SpecLayer.JudgeAsync(world.Scene, session, today, cancellationToken).ConfigureAwait(false)).SelectMany(group => report.Findings(group.Check, group.Findings, group.Examined))];
        }
        catch (AfFaultException fault)
        {
            return [.. report.Break(SpecLayer.Checks, "Comparing with the spec", fault)];
        }
    }

    private static IEnumerable<CheckResult> Judge(RlsReport report, RlsScene scene, RlsCatalogCheck check, BehaviourObservations? observed)
    {
        int examined = check.Count(scene);
        IEnumerable<RlsFinding> findings = check.Judge(scene);
        return report.Findings(check.Check, observed is null ? findings : findings.Select(finding => CatalogDoubts.Weigh(finding, observed)), examined == 0 ? $"The database has no {check.Examined}." : $"Looked at {examined} {check.Examined} in the catalog.");
    }
}
