namespace AgentFlow.Rls.Checks;

/// <summary>The catalog layer in the order in which it reports.</summary>
public static class RlsCatalogChecks
{
    private static readonly Func<RlsScene, int> s_tables = scene => scene.OwnRelations.Count(relation => relation.IsTable);
    private static readonly Func<RlsScene, int> s_relations = scene => scene.OwnRelations.Count();
    private static readonly Func<RlsScene, int> s_policies = scene => scene.Graph.Catalog.Policies.Count;
    private static readonly Func<RlsScene, int> s_routines = scene => scene.OwnRoutines.Count();
    private static readonly Func<RlsScene, int> s_roles = scene => scene.Graph.Catalog.Roles.Count;
    private static readonly Func<RlsScene, int> s_schemas = scene => scene.Graph.Catalog.Schemas.Count;

    public static IReadOnlyList<RlsCatalogCheck> All { get; } =
    [
        new(RlsChecks.RowSecurity, "tables", s_tables, TableChecks.RowSecurity),
        new(RlsChecks.Coverage, "tables", s_tables, TableChecks.Coverage),
        new(RlsChecks.Ownership, "tables", s_tables, TableChecks.Ownership),
        new(RlsChecks.AlwaysTrue, "policies", s_policies, PolicyChecks.AlwaysTrue),
        new(RlsChecks.SelfComparison, "policies", s_policies, PolicyChecks.SelfComparison),
        new(RlsChecks.ClientInput, "policies", s_policies, PolicyChecks.UserMetadata),
        new(RlsChecks.Literal, "policies", s_policies, PolicyChecks.Literal),
        new(RlsChecks.Floor, "policies", s_policies, PolicyChecks.Floor),
        new(RlsChecks.AnonPolicy, "policies", s_policies, PolicyChecks.AnonPolicy),
        new(RlsChecks.SessionBound, "policies", s_policies, PolicyChecks.SessionBound),
        new(RlsChecks.AnonGrant, "relations", s_relations, GrantChecks.AnonGrant),
        new(RlsChecks.PublicGrant, "relations", s_relations, GrantChecks.PublicGrant),
        new(RlsChecks.DangerousGrant, "tables", s_tables, GrantChecks.DangerousGrant),
        new(RlsChecks.GrantOption, "relations", s_relations, GrantChecks.GrantOption),
        new(RlsChecks.AuthGrant, "relations", scene => scene.Graph.Catalog.Relations.Count(relation => relation.Schema is "auth" or "vault"), GrantChecks.AuthGrant),
        new(RlsChecks.SecretColumn, "relations", s_relations, GrantChecks.SecretColumn),
        new(RlsChecks.ColumnList, "relations", s_relations, GrantChecks.ColumnList),
        new(RlsChecks.DefaultGrant, "schemas", s_schemas, ReachChecks.DefaultGrant),
        new(RlsChecks.SequenceGrant, "sequences", scene => scene.Graph.Catalog.Sequences.Count, ReachChecks.SequenceGrant),
        new(RlsChecks.SchemaCreate, "schemas", s_schemas, ReachChecks.SchemaCreate),
        new(RlsChecks.SchemaUsage, "schemas", s_schemas, ReachChecks.SchemaUsage),
        new(RlsChecks.UnusedPolicy, "policies", s_policies, ReachChecks.UnusedPolicy),
        new(RlsChecks.HelperExecute, "policies", s_policies, ReachChecks.HelperExecute),
        new(RlsChecks.SequenceUsage, "sequences", scene => scene.Graph.Catalog.Sequences.Count, ReachChecks.SequenceUsage),
        new(RlsChecks.RoleAttributes, "roles", s_roles, RoleChecks.Attributes),
        new(RlsChecks.RoleClosure, "roles", s_roles, RoleChecks.Closure),
        new(RlsChecks.Gateway, "roles", s_roles, RoleChecks.Gateway),
        new(RlsChecks.SearchPath, "functions", s_routines, RoutineChecks.SearchPath),
        new(RlsChecks.DynamicSql, "functions", s_routines, RoutineChecks.DynamicSql),
        new(RlsChecks.Leakproof, "functions", s_routines, RoutineChecks.Leakproof),
        new(RlsChecks.Volatility, "functions", s_routines, RoutineChecks.Volatility),
        new(RlsChecks.IgnoredArgument, "functions", s_routines, RoutineChecks.IgnoredArgument),
        new(RlsChecks.UncheckedDefiner, "functions", s_routines, RoutineChecks.UncheckedDefiner),
        new(RlsChecks.Trigger, "triggers and rules", scene => scene.Graph.Catalog.Triggers.Count + scene.Graph.Catalog.Relations.Sum(relation => relation.Rules.Count), TriggerChecks.Judge),
        new(RlsChecks.DefinerView, "views", CountViews, ViewChecks.DefinerView),
        new(RlsChecks.SnapshotRelation, "relations", s_relations, ViewChecks.Snapshot),
        new(RlsChecks.Barrier, "views", CountViews, ViewChecks.Barrier),
        new(RlsChecks.AuthView, "views", CountViews, ViewChecks.AuthView),
        new(RlsChecks.WritableView, "views", CountViews, ViewChecks.Writable),
        new(RlsChecks.Publication, "publications", scene => scene.Graph.Catalog.Publications.Count, OwnershipChecks.Publication),
        new(RlsChecks.SystemOwned, "tables", s_tables, OwnershipChecks.SystemOwned),
        new(RlsChecks.GlobalWrite, "tables", s_tables, OwnershipChecks.GlobalWrite),
        new(RlsChecks.PerRowCall, "policies", s_policies, CostChecks.PerRowCall),
        new(RlsChecks.TenantIndex, "tables", s_tables, CostChecks.TenantIndex),
        new(RlsChecks.VolatileHelper, "policies", s_policies, CostChecks.VolatileHelper),
        new(RlsChecks.LooseKey, "tables", s_tables, KeyChecks.LooseKey),
        new(RlsChecks.SpanningUnique, "tables", s_tables, KeyChecks.SpanningUnique),
    ];

    private static int CountViews(RlsScene scene) => scene.OwnRelations.Count(relation => relation.IsView);
}
