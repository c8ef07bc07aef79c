using AgentFlow.Rls.Access;
using AgentFlow.Rls.Data;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Runs the counting queries: one round trip per principal, whatever the number of relations.</summary>
internal sealed class ReadRunner(RlsScene scene, ReadPlan plan, ReadProbes probes, IReadOnlyList<TruthTable> truths, IReadOnlyDictionary<long, IReadOnlyList<WitnessRow>> witnesses)
{
    // Relations whose policies look at what a client chooses: there the forged caller says nothing about what an honest one sees.
    private readonly HashSet<long> _swayed = [.. plan.Steps.Select(step => step.Relation.Relation).Where(relation => new[] { relation }.Concat(scene.Graph.Lineage(relation)).SelectMany(scene.Graph.Policies)
        .Any(policy => ClientInputs.ReadsClientInput(scene.Reading(policy)) || scene.Graph.Helpers(policy).Any(helper => ClientInputs.ReadsClientInput(scene.Graph.Reading(helper))))).Select(relation => relation.Oid)];

    public async Task<List<ReadObservation>> RunAsync(IRlsSession session, IReadOnlyList<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        List<ReadObservation> seen = [];
        foreach (RlsPrincipal principal in principals)
        {
            List<TenantRelation> relations = [.. plan.Steps.Where(step => step.Mode != ReadMode.Skipped && scene.Graph.Reaches(principal.Role, step.Relation.Relation)).Select(step => step.Relation)];
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(principal.Forged, [.. relations.Select(relation => Probe(relation, principal))], cancellationToken).ConfigureAwait(false);
            List<ReadObservation> forged = await NameLeaksAsync(session, principal, [.. relations.Zip(answers, (relation, answer) => Read(relation, principal, answer))], cancellationToken).ConfigureAwait(false);
            List<TenantRelation> again = [.. relations.Where(relation => _swayed.Contains(relation.Relation.Oid))];
            if (again.Count > 0)
            {
                IReadOnlyList<RlsAnswer> honest = await session.RunAsync(principal.Honest, [.. again.Select(relation => Probe(relation, principal))], cancellationToken).ConfigureAwait(false);
                Dictionary<long, ReadObservation> own = again.Zip(honest, (relation, answer) => Read(relation, principal, answer)).ToDictionary(observation => observation.Relation.Relation.Oid);
                forged = [.. forged.Select(observation => own.TryGetValue(observation.Relation.Relation.Oid, out ReadObservation? fair) ? observation with { Own = fair.Own, Error = fair.Error } : observation)];
            }

            seen.AddRange(forged);
        }

        return seen;
    }

    // The counters say how much, not whose: an example is fetched only where there is something to show.
    private async Task<List<ReadObservation>> NameLeaksAsync(IRlsSession session, RlsPrincipal principal, List<ReadObservation> seen, CancellationToken cancellationToken)
    {
        List<int> nameless = [.. seen.Index().Where(one => one.Item is { LeakedTenant: null, Error: null } item && item.Foreign + item.Inactive > 0 && item.Relation.Path != TenantPath.Parent && !IsBlind(item.Relation, principal)).Select(one => one.Index)];
        if (nameless.Count > 0)
        {
            IReadOnlyList<RlsAnswer> examples = await session.RunAsync(principal.Forged, [.. nameless.Select(index => probes.Example(seen[index].Relation, principal, witnesses.GetValueOrDefault(seen[index].Relation.Relation.Oid)))], cancellationToken).ConfigureAwait(false);
            foreach ((int index, RlsAnswer example) in nameless.Zip(examples))
            {
                seen[index] = seen[index] with { LeakedTenant = example is { IsError: false, Rows: [{ } row] } ? row["example"] : null };
            }
        }

        return seen;
    }

    private static bool IsBlind(TenantRelation relation, RlsPrincipal principal) => relation.Path != TenantPath.Parent && !relation.Column!.Select.Contains(principal.Role);

    private RlsProbe Probe(TenantRelation relation, RlsPrincipal principal) => relation.Path == TenantPath.Parent
        ? ReadProbes.Keys(relation, witnesses[relation.Relation.Oid])
        : IsBlind(relation, principal)
            ? new($"select pg_catalog.count(*) as n from {Text.SqlText.Name(relation.Relation)} x")
            : probes.Count(relation, principal, witnesses.GetValueOrDefault(relation.Relation.Oid));

    private ReadObservation Read(TenantRelation relation, RlsPrincipal principal, RlsAnswer answer)
    {
        if (relation.Path == TenantPath.Parent)
        {
            return ReadProbes.Read(relation, principal, answer, witnesses[relation.Relation.Oid]);
        }

        if (!IsBlind(relation, principal) || answer.IsError)
        {
            return ReadProbes.Read(relation, principal, answer);
        }

        // The role cannot read the tenant column: more rows than its tenants have are somebody else's.
        TruthTable? truth = truths.FirstOrDefault(table => table.Relation == relation);
        long fair = truth is null ? long.MaxValue : principal.ActiveTenants.Sum(truth.Of);
        return new() { Relation = relation, Principal = principal, Foreign = Math.Max(0, answer.Number - fair), Own = principal.ActiveTenants.Count == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { [principal.ActiveTenants[0]] = Math.Min(answer.Number, fair) } };
    }
}
