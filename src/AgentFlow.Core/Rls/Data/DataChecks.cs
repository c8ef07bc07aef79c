using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Data;

/// <summary>What the rows themselves say: no tenant, a tenant that does not exist, a child in another tenant than its parent, public buckets.</summary>
public sealed class DataChecks(RlsScene scene)
{
    /// <summary>Rows that no tenant owns.</summary>
    public static IEnumerable<RlsFinding> WithoutTenant(IEnumerable<TruthTable> truths)
    {
        foreach (TruthTable truth in truths.Where(truth => truth.WithoutTenant > 0 && Judged(truth.Relation) && truth.Relation is { IsMembership: false, Path: not TenantPath.Folder }))
        {
            RlsRelation table = truth.Relation.Relation;
            string column = truth.Relation.Column?.Name ?? "its parent row";
            yield return Fail(RlsChecks.NullTenant, table, $"{truth.WithoutTenant} of {truth.Total} rows of {table.FullName} have no {column}: they belong to nobody, or to everybody whose policy forgets NULL.",
                $"Give these rows a tenant or delete them, then: alter table {Sql(table)} alter column {Quote(truth.Relation.Column?.Name ?? "tenant")} set not null;", "0 rows", $"{truth.WithoutTenant} rows");
        }
    }

    /// <summary>Rows of tenants that do not exist.</summary>
    public IEnumerable<RlsFinding> Orphans(IEnumerable<TruthTable> truths)
    {
        foreach (TruthTable truth in truths.Where(truth => truth.Orphans > 0 && Judged(truth.Relation) && truth.Relation.Path == TenantPath.Column))
        {
            RlsRelation table = truth.Relation.Relation;
            string column = truth.Relation.Column!.Name;
            yield return Fail(RlsChecks.Orphan, table, $"{truth.Orphans} of {truth.Total} rows of {table.FullName} have a {column} that is not in {scene.Model.Root!.FullName}: a deleted tenant left them.",
                $"Delete these rows, then: alter table {Sql(table)} add foreign key ({Quote(column)}) references {Sql(scene.Model.Root)} on delete cascade;", "0 rows", $"{truth.Orphans} rows");
        }
    }

    /// <summary>Children whose tenant is not their parent's.</summary>
    public async Task<(IReadOnlyList<RlsFinding> Findings, int Pairs)> MismatchesAsync(IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        List<(TenantRelation Child, TenantRelation Parent, string Name, IReadOnlyList<(string Own, string Target)> Columns)> pairs = [.. Pairs()];
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [.. pairs.Select(pair => new RlsProbe(Query(pair.Child, pair.Parent, pair.Columns)))], cancellationToken).ConfigureAwait(false);
        List<RlsFinding> findings = [];
        foreach (((TenantRelation child, TenantRelation parent, string name, IReadOnlyList<(string Own, string Target)> columns), RlsAnswer answer) in pairs.Zip(answers))
        {
            string key = List(columns.Select(column => column.Own));
            if (answer.IsError)
            {
                findings.Add(Unread(RlsChecks.ParentMismatch, child.Relation, $"{child.FullName} and {parent.FullName} could not be joined by {key}: {answer.Refusal}."));
            }
            else if (answer.Number > 0)
            {
                findings.Add(Fail(RlsChecks.ParentMismatch, child.Relation, $"{answer.Number} rows of {child.FullName} point by {key} to a row of {parent.FullName} in another tenant ({name}).",
                    $"Repair these rows, then make the key carry the tenant: foreign key ({Quote(child.Column!.Name)}, {key}) references {Sql(parent.Relation)} ({Quote(parent.Column!.Name)}, {List(columns.Select(column => Quote(column.Target)))}).", "0 rows", $"{answer.Number} rows"));
            }
        }

        return (findings, pairs.Count);
    }

    /// <summary>Buckets that anybody reads by URL and that hold folders of tenants.</summary>
    public async Task<IReadOnlyList<RlsFinding>> PublicBucketsAsync(IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (scene.Graph.Relation("storage", "buckets") is not { } buckets || buckets.Column("public") is null || scene.Graph.Relation("storage", "objects") is null || scene.Model.Root is not { } root)
        {
            return [];
        }

        string query = $"select b.id, pg_catalog.count(*) as n from storage.buckets b join storage.objects x on x.bucket_id = b.id join {SqlText.Name(root)} r on r.{SqlText.Name(scene.Model.RootKey!)}::text = pg_catalog.split_part(x.name, '/', 1) where b.public group by 1";
        RlsAnswer answer = (await session.RunAsync(null, [new(query)], cancellationToken).ConfigureAwait(false))[0];
        return answer.IsError ? [Unread(RlsChecks.PublicBucket, buckets, $"The buckets of {buckets.FullName} could not be read: {answer.Refusal}.")] :
        [
            .. answer.Rows.Select(row => Fail(RlsChecks.PublicBucket, buckets, $"The bucket {row["id"]} in {buckets.FullName} is public and holds {row["n"]} files of tenants: anybody with the URL reads them, whatever the policies say.",
                $"update storage.buckets set public = false where id = {SqlText.Literal(row["id"])};", "private", "public")),
        ];
    }

    private static string Query(TenantRelation child, TenantRelation parent, IReadOnlyList<(string Own, string Target)> columns) =>
        $"select pg_catalog.count(*) as n from {SqlText.Name(child.Relation)} x join {SqlText.Name(parent.Relation)} p on {string.Join(" and ", columns.Select(column => $"p.{SqlText.Name(column.Target)} = x.{SqlText.Name(column.Own)}"))} "
        + $"where x.{SqlText.Name(child.Column!.Name)}::text <> p.{SqlText.Name(parent.Column!.Name)}::text";

    private IEnumerable<(TenantRelation Child, TenantRelation Parent, string Name, IReadOnlyList<(string Own, string Target)> Columns)> Pairs()
    {
        foreach (TenantRelation child in scene.Model.Relations.Where(child => child is { Path: TenantPath.Column, IsRoot: false } && child.Relation is { IsTable: true, Parent: null } && Judged(child)))
        {
            HashSet<string> keyed = [];
            foreach (RlsConstraint key in scene.Graph.ForeignKeys(child.Relation))
            {
                keyed.UnionWith(key.Columns.Select(number => child.Relation.Column(number)!.Name));
                bool carries = key.Columns.Contains(child.Column!.Number);
                if (!carries && scene.Model.Find(key.Target ?? 0) is { Path: TenantPath.Column, IsRoot: false, IsMembership: false } parent)
                {
                    yield return (child, parent, $"foreign key \"{key.Name}\"", [.. key.Columns.Zip(key.TargetColumns, (own, target) => (child.Relation.Column(own)!.Name, parent.Relation.Column(target)!.Name))]);
                }
            }

            // A reference without a constraint is one all the same.
            foreach (RlsColumn column in child.Relation.Columns.Where(column => !keyed.Contains(column.Name) && column.Number != child.Column!.Number))
            {
                TenantRelation? parent = scene.Model.Relations.FirstOrDefault(parent => parent is { Path: TenantPath.Column, IsRoot: false, IsMembership: false, Key.Count: 1 } && parent.Relation.IsTable && parent.Relation.Schema == child.Relation.Schema
                    && NameSense.PointsTo(column.Name, parent.Relation.Name) && MembershipDiscovery.BaseType(parent.Key[0].Type) == MembershipDiscovery.BaseType(column.Type));
                if (parent is not null)
                {
                    yield return (child, parent, "no foreign key holds it", [(column.Name, parent.Key[0].Name)]);
                }
            }
        }
    }

    private static bool Judged(TenantRelation relation) => relation.Relation.IsTable && !RlsGraph.IsManaged(relation.Relation.Schema);
}
