using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Catalog;

/// <summary>The catalog with its edges: policy to functions to functions, view to relations, table to policies, indexes and keys.</summary>
public sealed class RlsGraph
{
    private static readonly HashSet<string> s_managed = new(StringComparer.Ordinal)
    {
        "auth", "storage", "realtime", "_realtime", "vault", "graphql", "graphql_public", "extensions", "supabase_functions", "supabase_migrations",
        "pgsodium", "pgsodium_masks", "pgbouncer", "pgmq", "cron", "net", "pgtle", "_analytics", "agentflow_meta",
    };

    private readonly Dictionary<long, RlsRelation> _relations;
    private readonly Dictionary<long, RlsRoutine> _routines;
    private readonly ILookup<string, RlsRoutine> _byName;
    private readonly ILookup<long, RlsPolicy> _policies;
    private readonly ILookup<long, RlsIndex> _indexes;
    private readonly ILookup<long, RlsConstraint> _constraints;
    private readonly ILookup<long, RlsTrigger> _triggers;
    private readonly Dictionary<string, RlsRole> _roles;
    private readonly Dictionary<long, SqlReading> _readings = [];
    private readonly Dictionary<long, IReadOnlyList<RlsRoutine>> _calls = [];

    public RlsGraph(RlsCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Catalog = catalog;
        _relations = catalog.Relations.ToDictionary(relation => relation.Oid);
        _routines = catalog.Routines.ToDictionary(routine => routine.Oid);
        _byName = catalog.Routines.ToLookup(routine => routine.Name, StringComparer.Ordinal);
        _policies = catalog.Policies.ToLookup(policy => policy.Relation);
        _indexes = catalog.Indexes.ToLookup(index => index.Relation);
        _constraints = catalog.Constraints.ToLookup(constraint => constraint.Relation);
        _triggers = catalog.Triggers.ToLookup(trigger => trigger.Relation);
        _roles = catalog.Roles.ToDictionary(role => role.Name, StringComparer.Ordinal);
    }

    public RlsCatalog Catalog { get; }

    /// <summary>True for a schema that the platform owns; its own objects are not the application's to change.</summary>
    public static bool IsManaged(string schema) => s_managed.Contains(schema);

    public RlsRelation? Relation(long oid) => _relations.GetValueOrDefault(oid);

    public RlsRelation? Relation(string schema, string name) => Catalog.Relations.FirstOrDefault(relation => relation.Schema == schema && relation.Name == name);

    public RlsRoutine? Routine(long oid) => _routines.GetValueOrDefault(oid);

    public RlsRole? Role(string name) => _roles.GetValueOrDefault(name);

    public IEnumerable<RlsPolicy> Policies(RlsRelation relation) => _policies[relation.Oid];

    public IEnumerable<RlsIndex> Indexes(RlsRelation relation) => _indexes[relation.Oid];

    public IEnumerable<RlsTrigger> Triggers(RlsRelation relation) => _triggers[relation.Oid];

    public IEnumerable<RlsConstraint> ForeignKeys(RlsRelation relation) => _constraints[relation.Oid].Where(constraint => constraint.Kind == "f");

    public IEnumerable<RlsConstraint> CheckConstraints(RlsRelation relation) => _constraints[relation.Oid].Where(constraint => constraint.Kind == "c");

    public RlsIndex? PrimaryKey(RlsRelation relation) => _indexes[relation.Oid].FirstOrDefault(index => index.Primary);

    /// <summary>Policies that PostgreSQL applies when the role runs the command (r, a, w, d).</summary>
    public IEnumerable<RlsPolicy> Applicable(RlsRelation relation, string role, string command) => Policies(relation).Where(policy => policy.Covers(command) && AppliesTo(policy, role));

    /// <summary>True when the policy is for the role, for everybody or for a role whose rights it inherits.</summary>
    public bool AppliesTo(RlsPolicy policy, string role) => policy.Names(role)
        || (_roles.TryGetValue(role, out RlsRole? known) && known.Inherits && policy.Roles.Any(known.MemberOf.Contains));

    /// <summary>What a routine's body mentions.</summary>
    public SqlReading Reading(RlsRoutine routine)
    {
        if (!_readings.TryGetValue(routine.Oid, out SqlReading? reading))
        {
            _readings[routine.Oid] = reading = new(routine.Source);
        }

        return reading;
    }

    /// <summary>The known routines that a body calls by name; an unqualified name counts for every routine of that name.</summary>
    public IReadOnlyList<RlsRoutine> Calls(RlsRoutine routine)
    {
        if (!_calls.TryGetValue(routine.Oid, out IReadOnlyList<RlsRoutine>? calls))
        {
            _calls[routine.Oid] = calls = [.. Called(Reading(routine)).Where(called => called.Oid != routine.Oid).Distinct()];
        }

        return calls;
    }

    /// <summary>The known routines that a text calls.</summary>
    public IEnumerable<RlsRoutine> Called(SqlReading reading) => reading.Calls()
        .SelectMany(call => _byName[call.Name].Where(routine => call.Schema is null || routine.Schema == call.Schema));

    /// <summary>These routines and all that they call, the platform's own included.</summary>
    public IReadOnlyList<RlsRoutine> Closure(IEnumerable<long> routines)
    {
        Dictionary<long, RlsRoutine> seen = [];
        Queue<RlsRoutine> open = new(routines.Select(Routine).OfType<RlsRoutine>());
        while (open.TryDequeue(out RlsRoutine? routine))
        {
            if (seen.TryAdd(routine.Oid, routine))
            {
                foreach (RlsRoutine called in Calls(routine))
                {
                    open.Enqueue(called);
                }
            }
        }

        return [.. seen.Values];
    }

    /// <summary>The application's own routines behind a policy.</summary>
    public IReadOnlyList<RlsRoutine> Helpers(RlsPolicy policy) => [.. Closure(policy.CallsRoutines).Where(routine => !IsManaged(routine.Schema) && !routine.FromExtension)];

    /// <summary>Everything that a view reads, through other views.</summary>
    public IReadOnlyList<RlsRelation> Lineage(RlsRelation view)
    {
        Dictionary<long, RlsRelation> seen = [];
        Queue<long> open = new(view.ReadsRelations);
        while (open.TryDequeue(out long oid))
        {
            if (Relation(oid) is { } relation && seen.TryAdd(oid, relation))
            {
                foreach (long next in relation.ReadsRelations)
                {
                    open.Enqueue(next);
                }
            }
        }

        return [.. seen.Values];
    }

    /// <summary>True when rights are checked as this role without row security: a superuser, BYPASSRLS, or the owner of an unforced table.</summary>
    public bool Bypasses(string role, RlsRelation table) => _roles.TryGetValue(role, out RlsRole? known)
        && (known.IsSuperuser || known.BypassesRls || (!table.Forced && (table.Owner == role || known.MemberOf.Contains(table.Owner))));

    /// <summary>The indexes whose first column is this one, the parent's included.</summary>
    public bool HasLeadingIndex(RlsRelation relation, int column) => Indexes(relation).Any(index => !index.Partial && index.Columns.Count > 0 && index.Columns[0] == column);

    /// <summary>True when an API role can reach the relation: its schema and some privilege on it.</summary>
    public bool Reaches(string role, RlsRelation relation, string privilege = "SELECT") =>
        relation.HoldsAny(role, privilege) && Catalog.Schemas.FirstOrDefault(schema => schema.Name == relation.Schema)?.UsableBy.Contains(role) == true;
}
