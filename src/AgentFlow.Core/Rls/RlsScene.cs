using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls;

/// <summary>What the checks of the catalog judge: the graph, the tenant model and the declared expectations.</summary>
public sealed class RlsScene(RlsGraph graph, TenantModel model, RlsSpec? spec)
{
    private readonly Dictionary<long, SqlReading> _policies = [];

    public RlsGraph Graph { get; } = graph;

    public TenantModel Model { get; } = model;

    public RlsSpec? Spec { get; } = spec;

    public IReadOnlyList<string> ApiRoles => Graph.Catalog.ApiRoles;

    /// <summary>Relations of the application, without the platform's own.</summary>
    public IEnumerable<RlsRelation> OwnRelations => Graph.Catalog.Relations.Where(relation => !RlsGraph.IsManaged(relation.Schema));

    /// <summary>Routines of the application.</summary>
    public IEnumerable<RlsRoutine> OwnRoutines => Graph.Catalog.Routines.Where(routine => !RlsGraph.IsManaged(routine.Schema) && !routine.FromExtension);

    /// <summary>Routines that decide about rows: every helper behind some policy.</summary>
    public IReadOnlySet<long> Helpers => field ??= Graph.Catalog.Policies.SelectMany(Graph.Helpers).Select(routine => routine.Oid).ToHashSet();

    /// <summary>What the policy's own text mentions.</summary>
    public SqlReading Reading(RlsPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!_policies.TryGetValue(policy.Oid, out SqlReading? reading))
        {
            _policies[policy.Oid] = reading = new(policy.Using, policy.Check);
        }

        return reading;
    }

    public bool IsTenant(RlsRelation relation) => Model.Find(relation.Oid) is not null;

    /// <summary>True when the relation is a table of the platform's operator (usage, billing, audit): tenants only read it.</summary>
    public bool IsSystemOwned(RlsRelation relation) => Spec is { SystemOwned.Count: > 0 } spec ? spec.SystemOwned.Contains(relation.FullName) || !spec.Knows(relation.FullName) && NameSense.IsSystemOwned(relation.Name) : NameSense.IsSystemOwned(relation.Name);

    public bool IsSecret(RlsRelation relation, RlsColumn column) => (NameSense.IsSecret(column.Name) && column.Category is "S" or "U" && NameSense.IsSecret(column.Name)) || Spec?.SecretColumns.Contains($"{relation.FullName}.{column.Name}") == true;

    /// <summary>True when the text asks who is calling, itself or through a routine that it calls.</summary>
    public bool AsksForCaller(SqlReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return AsksItself(reading) || Graph.Closure(Graph.Called(reading).Select(routine => routine.Oid)).Any(routine => AsksItself(Graph.Reading(routine)));
    }

    private static bool AsksItself(SqlReading reading) => reading.Calls().Any(call => call is { Schema: "auth" or null, Name: "uid" or "jwt" or "email" })
        || reading.SettingsRead().Any(setting => setting.StartsWith("request.jwt", StringComparison.Ordinal));
}
