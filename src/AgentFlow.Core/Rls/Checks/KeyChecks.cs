using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Keys that reach across tenants: references without the tenant, and unique values that tell of other tenants' rows.</summary>
internal static class KeyChecks
{
    public static IEnumerable<RlsFinding> LooseKey(RlsScene scene)
    {
        foreach (TenantRelation child in scene.Model.Relations.Where(child => child is { Path: TenantPath.Column, IsRoot: false } && child.Relation.IsTable))
        {
            foreach (RlsConstraint key in scene.Graph.ForeignKeys(child.Relation).Where(key => !key.Inherited && !key.Columns.Contains(child.Column!.Number)))
            {
                bool writable = key.Columns.Any(number => child.Relation.Column(number) is { } column && (column.Insert.Count > 0 || column.Update.Count > 0));
                if (writable && scene.Model.Find(key.Target ?? 0) is { Path: TenantPath.Column, IsRoot: false } parent)
                {
                    string columns = List(key.Columns.Select(number => child.Relation.Column(number)!.Name));
                    yield return Warn(RlsChecks.LooseKey, child.Relation, $"Foreign key \"{key.Name}\" on {child.FullName} ({columns}) points to {parent.FullName} without {child.Column!.Name}: a tenant can refer to another tenant's row and learn that it exists.",
                        $"alter table {Sql(child.Relation)} drop constraint {Quote(key.Name)}, add foreign key ({Quote(child.Column.Name)}, {columns}) references {Sql(parent.Relation)} ({Quote(parent.Column!.Name)}, {List(key.TargetColumns.Select(number => Quote(parent.Relation.Column(number)!.Name)))});");
                }
            }
        }
    }

    // An id of one column names the row for everybody; whoever can guess one learns no value of another tenant.
    private static bool IsSurrogate(RlsRelation table, RlsIndex index) => index is { Primary: true, Columns.Count: 1 } && table.Column(index.Columns[0]) is { } key
        && (key.Name is "id" or "uuid" or "uid" || key.Name.EndsWith("_id", StringComparison.Ordinal));

    public static IEnumerable<RlsFinding> SpanningUnique(RlsScene scene)
    {
        foreach (TenantRelation tenant in scene.Model.Relations.Where(tenant => tenant is { Path: TenantPath.Column, IsRoot: false } && tenant.Relation.IsTable && !RlsGraph.IsManaged(tenant.Relation.Schema)))
        {
            RlsRelation table = tenant.Relation;
            foreach (RlsIndex index in scene.Graph.Indexes(table).Where(index => index.Unique && !index.Columns.Contains(tenant.Column!.Number) && !IsSurrogate(table, index)))
            {
                List<RlsColumn> columns = [.. index.Columns.Select(table.Column).OfType<RlsColumn>()];
                List<string> guessable = [.. columns.Where(column => column.Type != "uuid" && !column.TakesSequence && !tenant.UserColumns.Contains(column)).Select(column => column.Name)];
                bool expression = index.Columns.Contains(0) && !index.Definition.Contains(tenant.Column!.Name, StringComparison.Ordinal);
                bool writable = columns.Count > 0 ? columns.Any(column => guessable.Contains(column.Name) && (column.Insert.Count > 0 || column.Update.Count > 0)) : scene.ApiRoles.Any(role => table.HoldsAny(role, "INSERT") || table.HoldsAny(role, "UPDATE"));
                if (writable && (guessable.Count > 0 || expression))
                {
                    yield return Warn(RlsChecks.SpanningUnique, table, $"Unique index \"{index.Name}\" on {table.FullName} ({(guessable.Count > 0 ? List(guessable) : "an expression")}) spans tenants: a failed insert tells that another tenant has the value.", $"Make it unique per tenant: ({Quote(tenant.Column!.Name)}, {(guessable.Count > 0 ? List(guessable.Select(Quote)) : "…")}).");
                }
            }
        }
    }
}
