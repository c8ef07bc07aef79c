using AgentFlow.Rls.Access;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Finds the cause of every kind of leak once: one example per relation, kind and class of tenant.</summary>
internal sealed class CauseCollector(RlsScene scene, BehaviourObservations observed)
{
    private readonly CauseFinder _finder = new(scene, observed.Helpers);

    public async Task<IReadOnlyDictionary<object, IReadOnlyList<RlsCause>>> CollectAsync(IRlsSession session, CancellationToken cancellationToken)
    {
        Dictionary<object, IReadOnlyList<RlsCause>> causes = new(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<(long Oid, string Class), ReadObservation> group in observed.Reads.Where(read => read.Leaked > 0).GroupBy(read => (read.Relation.Relation.Oid, read.Principal.Class)))
        {
            ReadObservation example = group.First();
            string? row = await RowAsync(session, example.Relation, example.LeakedTenant, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RlsCause> found = await _finder.FindAsync(session, example.Relation, example.Principal, "r", example.LeakedTenant, row, isNew: false, cancellationToken).ConfigureAwait(false);
            foreach (ReadObservation read in group)
            {
                causes[read] = found;
            }
        }

        foreach (IGrouping<(long Oid, WriteKind Kind, string Class, bool Inactive), WriteObservation> group in observed.Writes.Where(IsBreach).GroupBy(write => (write.Relation.Relation.Oid, write.Kind, write.Principal.Class, write.IsInactive)))
        {
            WriteObservation example = group.First();
            bool isNew = example.Kind is WriteKind.InsertForeign or WriteKind.InsertHigher or WriteKind.Move or WriteKind.Steal;
            string? tenant = example.Kind is WriteKind.Move ? example.Principal.Victim : example.Tenant;
            IReadOnlyList<RlsCause> found = await _finder.FindAsync(session, example.Relation, example.Principal, example.Command, tenant, example.Kind == WriteKind.Move ? null : example.Row, isNew, cancellationToken).ConfigureAwait(false);
            foreach (WriteObservation write in group)
            {
                causes[write] = found;
            }
        }

        return causes;
    }

    /// <summary>True when the write should not have been let through.</summary>
    public static bool IsBreach(WriteObservation write) => write.Outcome == WriteOutcome.Passed && write.Kind is not (WriteKind.InsertOwn or WriteKind.UpdateOwn or WriteKind.DeleteOwn);

    private static async Task<string?> RowAsync(IRlsSession session, TenantRelation relation, string? tenant, CancellationToken cancellationToken)
    {
        string expression = TenantSql.Expression(relation);
        string condition = tenant is null ? $"{expression} is null" : $"{expression} = {Literal(tenant, TenantSql.Type(relation))}";
        return (await session.RunAsync(null, [new($"select pg_catalog.to_jsonb(x)::text as j from {Name(relation.Relation)} x where {condition} limit 1")], cancellationToken).ConfigureAwait(false))[0].Value;
    }
}
