using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Spec;

/// <summary>What the catalog says differently from the spec.</summary>
public static class SpecChecks
{
    private static readonly string[] s_writes = ["INSERT", "UPDATE", "DELETE", "TRUNCATE"];

    /// <summary>The checks of the spec layer that need no rows.</summary>
    public static IReadOnlyList<RlsCatalogCheck> All { get; } =
    [
        new(RlsChecks.ApprovedRoutine, "definer functions", scene => scene.Spec?.Routines.Count ?? 0, Routines),
        new(RlsChecks.TenancyDrift, "tables", scene => scene.OwnRelations.Count(relation => relation.IsTable), Tenancy),
        new(RlsChecks.GrantDrift, "relations", scene => scene.Spec?.Grants.Count ?? 0, Grants),
    ];

    private static IEnumerable<RlsFinding> Routines(RlsScene scene)
    {
        foreach ((string signature, string approved) in scene.Spec!.Routines)
        {
            RlsRoutine? routine = scene.OwnRoutines.FirstOrDefault(candidate => candidate.Signature == signature);
            if (routine is not null && RoutineFingerprint.Of(routine) is var now && now != approved)
            {
                yield return new(RlsChecks.ApprovedRoutine, signature, CheckFinding.Fail(
                    routine.Definer ? $"{signature} runs with its owner's rights and is not the version that was approved." : $"{signature} was approved as SECURITY DEFINER and now runs with its caller's rights.",
                    approved[..Math.Min(12, approved.Length)], now[..12], $"Read the function (select pg_get_functiondef('{signature}'::regprocedure)). If the change is meant, learn the spec again and have it reviewed; else restore the approved version."));
            }
        }
    }

    private static IEnumerable<RlsFinding> Tenancy(RlsScene scene)
    {
        RlsSpec spec = scene.Spec!;
        Dictionary<string, RlsRelation> known = scene.Graph.Catalog.Relations.ToDictionary(relation => relation.FullName, StringComparer.Ordinal);
        foreach ((string name, string column) in spec.TenantColumns.Concat(spec.TenantPaths))
        {
            if (!known.TryGetValue(name, out RlsRelation? table))
            {
                yield return Warn(RlsChecks.TenancyDrift, name, $"{name} is in the spec and no longer in the database.", "Learn the spec again if the table was removed on purpose.");
            }
            else if (scene.Model.Find(table.Oid) is not { } relation)
            {
                yield return Fail(RlsChecks.TenancyDrift, table, $"{name} held rows of tenants by {column}, and nothing in it names a tenant now.", $"Restore the tenant column {column} of {Sql(table)}, or learn the spec again if the table is global now.", column, "none");
            }
            else if (RlsSpecLearner.TenantColumn(relation) is var now && now != column)
            {
                yield return Fail(RlsChecks.TenancyDrift, table, $"{name} named its tenant by {column} and does so by {now} now.", "Correct the table, or learn the spec again if the change is meant.", column, now);
            }
        }

        foreach (RlsFinding finding in Membership(scene, spec, known))
        {
            yield return finding;
        }

        foreach (RlsRelation table in scene.OwnRelations.Where(relation => relation.IsTable && !spec.Knows(relation.FullName)))
        {
            List<string> reaching = [.. scene.ApiRoles.Where(role => table.HoldsAny(role, "SELECT") || s_writes.Any(privilege => table.HoldsAny(role, privilege)))];
            bool written = scene.ApiRoles.Any(role => s_writes.Any(privilege => table.HoldsAny(role, privilege)));
            if (reaching.Count > 0 && !table.RowSecurity)
            {
                yield return Fail(RlsChecks.TenancyDrift, table, $"{table.FullName} is new since the spec, {List(reaching)} can reach it and row security is off.", $"alter table {Sql(table)} enable row level security; then add policies and learn the spec again.", "governed", "row security off");
            }
            else if (written && !scene.IsTenant(table))
            {
                yield return Fail(RlsChecks.TenancyDrift, table, $"{table.FullName} is new since the spec, {List(reaching)} can write it and nothing in it names a tenant.", $"Give {Sql(table)} a tenant column and policies that use it, or revoke the writes; then learn the spec again.", "governed", "no tenant");
            }
        }
    }

    private static IEnumerable<RlsFinding> Membership(RlsScene scene, RlsSpec spec, Dictionary<string, RlsRelation> known)
    {
        if (spec.Membership is not { } declared)
        {
            yield break;
        }

        if (!known.TryGetValue(declared.Table, out RlsRelation? table))
        {
            yield return Fail(RlsChecks.TenancyDrift, declared.Table, $"The memberships of the spec, {declared.Table}, are not in the database.", "Point the spec at the table that says who belongs where, or learn it again.");
            yield break;
        }

        string?[] columns = [declared.TenantColumn, declared.UserColumn, declared.RoleColumn, .. (declared.Active ?? []).Select(rule => rule.Column)];
        foreach (string column in columns.OfType<string>().Where(column => table.Column(column) is null).Distinct())
        {
            yield return Fail(RlsChecks.TenancyDrift, table, $"{declared.Table} no longer has the column {column}, by which the spec tells who belongs where.", "Restore the column, or learn the spec again.", column, "missing");
        }
    }

    private static IEnumerable<RlsFinding> Grants(RlsScene scene)
    {
        RlsSpec spec = scene.Spec!;
        foreach (RlsRelation relation in scene.Graph.Catalog.Relations.Where(relation => RlsSpecLearner.IsOwn(relation) && (spec.Knows(relation.FullName) || spec.Grants.ContainsKey(relation.FullName))))
        {
            // A partition may be granted what its parent is: whether its policies are as strict, other checks say.
            IEnumerable<string> names = new[] { relation.FullName, relation.Parent is { } parent ? scene.Graph.Relation(parent)?.FullName : null }.OfType<string>();
            List<(string Role, string Privilege, IReadOnlyList<string> Columns)> declared = [.. names.SelectMany(name => spec.Grants.GetValueOrDefault(name, [])).Select(GrantText.Read)];
            List<string> more = [];
            foreach ((string role, string privilege, IReadOnlyList<string> columns) in GrantText.Of(relation, scene.ApiRoles).Select(GrantText.Read))
            {
                List<(string Role, string Privilege, IReadOnlyList<string> Columns)> same = [.. declared.Where(one => one.Role == role && one.Privilege == privilege)];
                bool whole = same.Any(one => one.Columns.Count == 0);
                // A column that came after the spec belongs to no declared list, and a whole-table grant never covered a secret.
                List<string> extra = [.. columns.Except(same.SelectMany(one => one.Columns))];
                if (!whole && (columns.Count == 0 || extra.Count > 0))
                {
                    more.Add(columns.Count == 0 ? $"{role} {privilege}" : $"{role} {privilege} ({List(extra)})");
                }
            }

            if (more.Count > 0)
            {
                (string role, string privilege, IReadOnlyList<string> columns) = GrantText.Read(more[0]);
                string part = columns.Count == 0 ? privilege.ToLowerInvariant() : $"{privilege.ToLowerInvariant()} ({string.Join(", ", columns.Select(Quote))})";
                yield return Fail(RlsChecks.GrantDrift, relation, $"{relation.FullName} is granted more than the spec declares: {string.Join("; ", more)}.", $"revoke {part} on {Sql(relation)} from {Quote(role)}; or learn the spec again if it is meant.", "as declared", string.Join("; ", more));
            }
        }
    }
}
