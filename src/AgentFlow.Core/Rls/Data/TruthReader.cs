using AgentFlow.Rls.Access;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Data;

/// <summary>Counts the rows of every tenant as the login: one pass per relation, all in one round trip.</summary>
public sealed class TruthReader(TenantModel model)
{
    /// <summary>The counts of these relations, in their order.</summary>
    public async Task<IReadOnlyList<TruthTable>> ReadAsync(IRlsSession session, IReadOnlyList<TenantRelation> relations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(relations);
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [.. relations.Select(relation => new RlsProbe(Query(relation)))], cancellationToken).ConfigureAwait(false);
        return [.. relations.Zip(answers, Read)];
    }

    private string Query(TenantRelation relation)
    {
        string grouped = $"select {TenantSql.Expression(relation)} as t, pg_catalog.count(*) as n from {Name(relation.Relation)} x group by 1";
        bool rooted = model.Root is not null && !relation.IsRoot;
        string root = rooted ? $"left join {Name(model.Root!)} r on r.{Name(model.RootKey!)}::text = s.t::text" : string.Empty;
        string orphan = rooted ? $"r.{Name(model.RootKey!)} is null and s.t is not null" : "false";

        // A folder that names no tenant (avatars, exports) is nobody's, and no fault.
        string known = relation.Path == TenantPath.Folder && rooted ? $"where r.{Name(model.RootKey!)} is not null" : string.Empty;
        return $"select s.t::text as t, s.n, {orphan} as orphan from ({grouped}) s {root} {known} order by s.t is null desc, orphan desc, s.n desc limit {TruthTable.MostTenants}";
    }

    private static TruthTable Read(TenantRelation relation, RlsAnswer answer)
    {
        if (answer.IsError)
        {
            return new() { Relation = relation, Error = answer.Refusal };
        }

        Dictionary<string, long> rows = new(StringComparer.Ordinal);
        long without = 0;
        long orphans = 0;
        string? orphan = null;
        long total = 0;
        foreach (IReadOnlyDictionary<string, string?> row in answer.Rows)
        {
            long count = long.Parse(row["n"]!, System.Globalization.CultureInfo.InvariantCulture);
            total += count;
            if (row["t"] is not { } tenant)
            {
                without += count;
                continue;
            }

            rows[tenant] = count;
            if (row["orphan"] == "true")
            {
                orphans += count;
                orphan ??= tenant;
            }
        }

        return new() { Relation = relation, Rows = rows, WithoutTenant = without, Orphans = orphans, OrphanTenant = orphan, Total = total };
    }
}
