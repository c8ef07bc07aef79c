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

        if (options.Wants(RlsLayer.Catalog))
        {
            foreach (CheckResult result in Catalog(report, world.Scene))
            {
                yield return result;
            }
        }

        IReadOnlyList<TruthTable> truths = [];
        bool needsRows = options.Wants(RlsLayer.Data) || options.Wants(RlsLayer.Behaviour);
        if (needsRows && world.Facts.BypassesRls)
        {
            truths = await Truths(world).ReadAsync(session, ReadPlan.Countable(world.Scene, options), cancellationToken).ConfigureAwait(false);
        }

        if (options.Wants(RlsLayer.Data))
        {
            await foreach (CheckResult result in new DataLayer(world, truths).RunAsync(report, session, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }

        if (options.Wants(RlsLayer.Behaviour))
        {
            BehaviourLayer layer = new(database, world, truths, options);
            if (layer.Blocked(verdict) is { } reason)
            {
                foreach (CheckResult result in report.Skip(BehaviourLayer.Checks, reason))
                {
                    yield return result;
                }
            }
            else
            {
                BehaviourObservations observed = await layer.ObserveAsync(session, cancellationToken).ConfigureAwait(false);
                foreach (CheckResult result in new BehaviourVerdicts(world, truths, observed).Judge(report))
                {
                    yield return result;
                }
            }
        }

        if (options.Wants(RlsLayer.Spec))
        {
            foreach (CheckResult result in await SpecAsync(report, world, session, DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime), cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> SpecAsync(RlsReport report, RlsWorld world, IRlsSession session, DateOnly today, CancellationToken cancellationToken) => world.Scene.Spec is null
        ? [.. report.Skip(SpecLayer.Checks, SpecLayer.NoSpec)]
        : [.. (await SpecLayer.JudgeAsync(world.Scene, session, today, cancellationToken).ConfigureAwait(false)).SelectMany(group => report.Findings(group.Check, group.Findings, group.Examined))];

    private static TruthReader Truths(RlsWorld world) => new(world.Scene.Model);

    private static IEnumerable<CheckResult> Catalog(RlsReport report, RlsScene scene)
    {
        foreach (RlsCatalogCheck check in RlsCatalogChecks.All)
        {
            int examined = check.Count(scene);
            foreach (CheckResult result in report.Findings(check.Check, check.Judge(scene), examined == 0 ? $"The database has no {check.Examined}." : $"Looked at {examined} {check.Examined} in the catalog."))
            {
                yield return result;
            }
        }
    }
}
