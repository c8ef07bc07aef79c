using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Views, materialized views and foreign tables that show rows without asking their policies.</summary>
internal static class ViewChecks
{
    public static IEnumerable<RlsFinding> DefinerView(RlsScene scene)
    {
        foreach (RlsRelation view in scene.OwnRelations.Where(view => view.IsView))
        {
            foreach (string role in scene.ApiRoles.Where(role => view.HoldsAny(role, "SELECT")))
            {
                List<(RlsRelation Table, string As, RlsRelation Through)> around = [.. Around(scene, view, role)];
                if (around.Count > 0 && !Filters(scene, view))
                {
                    (RlsRelation table, string owner, RlsRelation through) = around[0];
                    string way = through.Oid == view.Oid ? string.Empty : $" through {through.FullName}";
                    yield return Fail(RlsChecks.DefinerView, view, $"{view.FullName} shows {List(around.Select(pair => pair.Table.FullName).Distinct().Take(3))} to {role}{way} with the rights of {owner}, so the policies of {table.FullName} do not apply.", $"alter view {Sql(through)} set (security_invoker = true);");
                    break;
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> Snapshot(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.OwnRelations.Where(relation => relation.Kind is "m" or "f"))
        {
            List<string> readers = [.. scene.ApiRoles.Where(role => relation.HoldsAny(role, "SELECT"))];
            if (readers.Count > 0 && (relation.Kind == "f" || scene.IsTenant(relation) || scene.Graph.Lineage(relation).Any(scene.IsTenant)))
            {
                string what = relation.Kind == "m" ? "A materialized view" : "A foreign table";
                yield return Fail(RlsChecks.SnapshotRelation, relation, $"{what} has no policies: {List(readers)} can read every tenant's rows in {relation.FullName}.", $"revoke all on {Sql(relation)} from {List(readers)}; and serve it through a function or view that checks the caller.");
            }
        }
    }

    public static IEnumerable<RlsFinding> Barrier(RlsScene scene)
    {
        foreach (RlsRelation view in scene.OwnRelations.Where(view => view is { IsView: true, IsInvokerView: false, HasBarrier: false }))
        {
            string? role = scene.ApiRoles.FirstOrDefault(role => view.HoldsAny(role, "SELECT") && Around(scene, view, role).Any());
            if (role is not null && Filters(scene, view))
            {
                yield return Warn(RlsChecks.Barrier, view, $"{view.FullName} filters rows of tenants itself but has no security_barrier: a cheap function in {role}'s WHERE sees rows before the filter.", $"alter view {Sql(view)} set (security_barrier = true); better: set (security_invoker = true);");
            }
        }
    }

    public static IEnumerable<RlsFinding> AuthView(RlsScene scene)
    {
        foreach (RlsRelation view in scene.OwnRelations.Where(view => view.Kind is "v" or "m"))
        {
            List<string> readers = [.. scene.ApiRoles.Where(role => view.HoldsAny(role, "SELECT"))];
            RlsRelation? users = scene.Graph.Lineage(view).FirstOrDefault(relation => relation.Schema is "auth" or "vault");
            if (readers.Count > 0 && users is not null && !view.IsInvokerView)
            {
                yield return Fail(RlsChecks.AuthView, view, $"{view.FullName} shows {users.FullName} to {List(readers)}.", $"revoke all on {Sql(view)} from {List(readers)}; keep what the application shows in a profile table with policies.");
            }
        }
    }

    public static IEnumerable<RlsFinding> Writable(RlsScene scene)
    {
        foreach (RlsRelation view in scene.OwnRelations.Where(view => view.IsView && view.Updatable != 0))
        {
            foreach (string role in scene.ApiRoles)
            {
                List<string> writes = [.. new[] { ("UPDATE", 4), ("INSERT", 8), ("DELETE", 16) }.Where(command => (view.Updatable & command.Item2) != 0 && view.HoldsAny(role, command.Item1)).Select(command => command.Item1)];
                (RlsRelation Table, string As, RlsRelation Through) around = Around(scene, view, role).FirstOrDefault();
                bool filtered = Filters(scene, view);
                bool checkedWrites = view.Options.Any(option => option.StartsWith("check_option=", StringComparison.Ordinal));
                if (writes.Count > 0 && around.Table is { } table && (!filtered || (!checkedWrites && writes.Any(write => write != "DELETE"))))
                {
                    yield return Fail(RlsChecks.WritableView, view, $"{role} holds {List(writes)} on {view.FullName}, which writes to {table.FullName} with the rights of {around.As}: the policies of {table.FullName} do not apply.", $"revoke {List(writes).ToLowerInvariant()} on {Sql(view)} from {role}; or alter view {Sql(around.Through)} set (security_invoker = true);");
                    break;
                }
            }
        }
    }

    /// <summary>Tables of tenants that the view shows with rights that no policy limits, and the view that lends these rights.</summary>
    internal static IEnumerable<(RlsRelation Table, string As, RlsRelation Through)> Around(RlsScene scene, RlsRelation view, string caller) =>
        Reads(scene, view, caller, view, []).Where(read => read.As != caller && scene.IsTenant(read.Table) && scene.Graph.Bypasses(read.As, read.Table));

    private static IEnumerable<(RlsRelation Table, string As, RlsRelation Through)> Reads(RlsScene scene, RlsRelation view, string caller, RlsRelation through, HashSet<long> seen)
    {
        string role = view.IsInvokerView ? caller : view.Owner;
        RlsRelation lender = view.IsInvokerView ? through : view;
        foreach (RlsRelation read in view.ReadsRelations.Select(scene.Graph.Relation).OfType<RlsRelation>().Where(read => seen.Add(read.Oid)))
        {
            if (!read.IsView)
            {
                yield return (read, role, lender);
                continue;
            }

            foreach ((RlsRelation Table, string As, RlsRelation Through) inner in Reads(scene, read, role, lender, seen))
            {
                yield return inner;
            }
        }
    }

    private static bool Filters(RlsScene scene, RlsRelation view) => scene.Graph.Lineage(view).Where(relation => relation.IsView).Append(view)
        .Any(relation => scene.AsksForCaller(new SqlReading(relation.Definition)));
}
