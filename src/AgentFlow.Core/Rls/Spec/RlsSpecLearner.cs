using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Spec;

/// <summary>Writes down what a database that is known to be good looks like.</summary>
public static class RlsSpecLearner
{
    private static readonly string[] s_writes = ["INSERT", "UPDATE", "DELETE"];

    /// <summary>The spec; every list is in ordinal order, so that two runs differ only where the database does.</summary>
    public static RlsSpec Learn(RlsScene scene, IReadOnlyList<RlsMatrixEntry> matrix)
    {
        ArgumentNullException.ThrowIfNull(scene);
        List<RlsRelation> tables = [.. scene.Graph.Catalog.Relations.Where(IsOwn).Where(relation => relation.IsTable).OrderBy(relation => relation.FullName, StringComparer.Ordinal)];
        return new()
        {
            Membership = scene.Model.Membership is { } shape ? new() { Table = shape.Table.FullName, TenantColumn = shape.TenantColumn, UserColumn = shape.UserColumn, RoleColumn = shape.RoleColumn, Active = shape.Active } : null,
            RootTable = scene.Model.Root?.FullName,
            TenantColumns = Sorted(Tenants(scene, tables).Where(relation => relation.Path == TenantPath.Column).Select(relation => (relation.FullName, TenantColumn(relation)))),
            TenantPaths = Sorted(Tenants(scene, tables).Where(relation => relation.Path != TenantPath.Column).Select(relation => (relation.FullName, TenantColumn(relation)))),
            GlobalTables = [.. tables.Where(table => !scene.IsTenant(table)).Select(table => table.FullName)],
            SystemOwned = [.. tables.Where(table => scene.IsTenant(table) && IsReadOnly(scene, table)).Select(table => table.FullName)],
            SecretColumns = [.. tables.SelectMany(table => Secrets(scene, table)).Order(StringComparer.Ordinal)],
            Routines = Sorted(Definers(scene).Select(routine => (routine.Signature, RoutineFingerprint.Of(routine)))),
            Grants = Sorted(scene.Graph.Catalog.Relations.Where(IsOwn).Select(relation => (relation.FullName, GrantText.Of(relation, scene.ApiRoles))).Where(pair => pair.Item2.Count > 0)),
            Matrix = [.. matrix.OrderBy(entry => entry.Table, StringComparer.Ordinal).ThenBy(entry => entry.Role, StringComparer.Ordinal)],
        };
    }

    /// <summary>The application's definer routines, triggers included.</summary>
    internal static IEnumerable<RlsRoutine> Definers(RlsScene scene) => scene.OwnRoutines.Where(routine => routine.Definer);

    /// <summary>The application's relations and those of storage, which its policies govern.</summary>
    internal static bool IsOwn(RlsRelation relation) => relation.Schema == "storage" || !RlsGraph.IsManaged(relation.Schema);

    /// <summary>A tenant column as the spec writes it; a path or a parent is said in words, because no column holds the tenant.</summary>
    internal static string TenantColumn(TenantRelation relation) => relation.Path switch
    {
        TenantPath.Column => relation.Column!.Name,
        TenantPath.Folder => $"folder of {relation.Column!.Name}",
        _ => $"{relation.Parent!.FullName} by {string.Join(", ", relation.Link.Select(pair => pair.Own))}",
    };

    private static bool IsReadOnly(RlsScene scene, RlsRelation table) =>
        scene.ApiRoles.Any(role => table.HoldsAny(role, "SELECT")) && !scene.ApiRoles.Any(role => s_writes.Any(privilege => table.HoldsAny(role, privilege)));

    private static IEnumerable<TenantRelation> Tenants(RlsScene scene, List<RlsRelation> tables) => tables.Select(table => scene.Model.Find(table.Oid)).OfType<TenantRelation>();

    // What a list of granted columns leaves out is left out on purpose.
    private static IEnumerable<string> Secrets(RlsScene scene, RlsRelation table)
    {
        bool byColumn = scene.ApiRoles.Any(role => table.HoldsAny(role, "SELECT")) && scene.ApiRoles.All(role => !table.Holds(role, "SELECT"));
        return table.Columns.Where(column => !scene.ApiRoles.Any(column.Select.Contains) && (byColumn || scene.IsSecret(table, column))).Select(column => $"{table.FullName}.{column.Name}");
    }

    private static SortedDictionary<string, T> Sorted<T>(IEnumerable<(string Key, T Value)> pairs)
    {
        SortedDictionary<string, T> sorted = new(StringComparer.Ordinal);
        foreach ((string key, T value) in pairs)
        {
            sorted[key] = value;
        }

        return sorted;
    }
}
