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
        bool needsRows = options.Wants(RlsLayer.Data) || options.Wants(RlsLayer.Behaviour) || options.Wants(RlsLayer.Spec);
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

        BehaviourObservations? observed = null;
        if (options.Wants(RlsLayer.Behaviour) || options.Wants(RlsLayer.Spec))
        {
            BehaviourLayer layer = new(database, world, truths, options);
            if (layer.Blocked(verdict) is { } reason)
            {
                if (options.Wants(RlsLayer.Behaviour))
                {
                    foreach (CheckResult result in report.Skip(BehaviourLayer.Checks, reason))
                    {
                        yield return result;
                    }
                }
            }
            else
            {
                observed = await layer.ObserveAsync(session, cancellationToken).ConfigureAwait(false);
                foreach (CheckResult result in options.Wants(RlsLayer.Behaviour) ? new BehaviourVerdicts(world, truths, observed).Judge(report) : [])
                {
                    yield return result;
                }
            }
        }

        if (options.Wants(RlsLayer.Spec))
        {
            foreach (CheckResult result in SpecChecks.Judge(report, world, observed, DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime)))
            {
                yield return result;
            }
        }
    }

    /// <summary>Everything that acting as tenants shows, for a spec to be learned from.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard; the database cannot be used.</exception>
    public async Task<(RlsWorld World, BehaviourObservations Observed)> ObserveAsync(CancellationToken cancellationToken)
    {
        await using IRlsSession session = await database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsWorld world = await RlsWorld.ReadAsync(session, options, cancellationToken).ConfigureAwait(false);
        RlsGuard.Require(database, world.Facts, options.Guard, "Acting as tenants");
        IReadOnlyList<TruthTable> truths = await Truths(world).ReadAsync(session, ReadPlan.Countable(world.Scene, options), cancellationToken).ConfigureAwait(false);
        BehaviourLayer layer = new(database, world, truths, options);
        return layer.Blocked(new(true, string.Empty, null)) is { } reason
            ? throw new AfFaultException(FaultKind.InvalidState, FaultId.InputInvalid, $"Nothing can be learned from {database.Address}: {reason}", "Connect as a role that bypasses row security and may become the API roles (Supabase: postgres).", database.Address)
            : (world, await layer.ObserveAsync(session, cancellationToken).ConfigureAwait(false));
    }

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
