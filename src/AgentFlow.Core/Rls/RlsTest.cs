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
    /// <summary>Runs the wanted layers and streams what they say, with accepted findings marked.</summary>
    /// <exception cref="AfFaultException">The database cannot be used at all.</exception>
    public IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, CancellationToken cancellationToken) =>
        SuppressionFilter.ApplyAsync(LayersAsync(run, cancellationToken), options.Spec, run, cancellationToken);

    private async IAsyncEnumerable<CheckResult> LayersAsync(CheckRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RlsReport report = new(run, new(options.Schemas, options.Tables), database.Address);
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
        if ((options.Wants(RlsLayer.Data) || options.Wants(RlsLayer.Behaviour)) && world.Facts.BypassesRls)
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
            IEnumerable<CheckResult> results = layer.Blocked(verdict) is { } reason
                ? report.Skip(BehaviourLayer.Checks, reason)
                : new BehaviourVerdicts(world, truths, await layer.ObserveAsync(session, cancellationToken).ConfigureAwait(false)).Judge(report);
            foreach (CheckResult result in results)
            {
                yield return result;
            }
        }

        if (options.Wants(RlsLayer.Spec))
        {
            await foreach (CheckResult result in SpecAsync(report, world, session, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private static async IAsyncEnumerable<CheckResult> SpecAsync(RlsReport report, RlsWorld world, IRlsSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (world.Scene.Spec is null)
        {
            foreach (CheckResult result in report.Skip([RlsChecks.RoleMatrix, RlsChecks.ApprovedRoutine, RlsChecks.TenancyDrift, RlsChecks.GrantDrift], "No spec was given; learn one from a good database with New-AfRlsSpec and give it with -Spec."))
            {
                yield return result;
            }

            yield break;
        }

        foreach (IGrouping<CheckDefinition, RlsFinding> check in (await SpecLayer.JudgeAsync(world.Scene, session, cancellationToken).ConfigureAwait(false)).GroupBy(finding => finding.Check))
        {
            foreach (CheckResult result in report.Findings(check.Key, check, "Compared with the spec."))
            {
                yield return result;
            }
        }
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
