using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tenancy;

/// <summary>Finds the membership table by evidence: keys, foreign keys, and which table the functions behind policies ask for the caller.</summary>
public sealed class MembershipDiscovery
{
    private readonly RlsGraph _graph;
    private readonly TenancyHints _hints;
    private readonly List<SqlReading> _identityTexts;
    private readonly Dictionary<long, int> _references;

    public MembershipDiscovery(RlsGraph graph, TenancyHints hints)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _graph = graph;
        _hints = hints;
        UserType = graph.Catalog.Routines.FirstOrDefault(routine => routine is { Schema: "auth", Name: "uid" })?.Returns ?? "uuid";
        _identityTexts = [.. graph.Catalog.Routines.Where(routine => !RlsGraph.IsManaged(routine.Schema)).Select(graph.Reading)
            .Concat(graph.Catalog.Policies.Select(policy => new SqlReading(policy.Using, policy.Check)))
            .Where(AsksForCaller)];
        _references = graph.Catalog.Constraints.Where(constraint => constraint is { Kind: "f", Inherited: false })
            .GroupBy(constraint => constraint.Target ?? 0).ToDictionary(group => group.Key, group => group.Select(constraint => constraint.Relation).Distinct().Count());
    }

    /// <summary>The type of a user id.</summary>
    public string UserType { get; private set; }

    /// <summary>The best candidate, or null when nothing looks like memberships.</summary>
    public (RlsRelation Table, RlsColumn User, RlsColumn Tenant, RlsConstraint? TenantKey)? Find()
    {
        int best = 5;
        (RlsRelation Table, RlsColumn User, RlsColumn Tenant, RlsConstraint? TenantKey)? found = null;
        foreach (RlsRelation table in _graph.Catalog.Relations.Where(relation => relation.IsTable && relation.Parent is null && !RlsGraph.IsManaged(relation.Schema)))
        {
            if (_hints.MembershipTable is { } declared && table.FullName != declared)
            {
                continue;
            }

            foreach (RlsColumn user in table.Columns.Where(column => IsUserColumn(table, column)))
            {
                foreach (RlsColumn tenant in table.Columns.Where(column => column.Number != user.Number))
                {
                    int score = Score(table, user, tenant, out RlsConstraint? key);
                    if (score > best)
                    {
                        best = score;
                        found = (table, user, tenant, key);
                    }
                }
            }
        }

        UserType = found is { } known ? BaseType(known.User.Type) : UserType;
        return found;
    }

    /// <summary>True for a column that holds user ids: by foreign key to a table of users, or by name and type.</summary>
    public bool IsUserColumn(RlsRelation table, RlsColumn column) => _hints.MembershipTable == table.FullName && _hints.MembershipUserColumn is { } declared
        ? column.Name == declared
        : PointsToUsers(table, column) || (BaseType(column.Type) == UserType && NameSense.IsUser(column.Name) && !_graph.ForeignKeys(table).Any(key => key.Columns.SequenceEqual([column.Number])));

    /// <summary>The type name without its length.</summary>
    public static string BaseType(string type)
    {
        int at = type.IndexOf('(', StringComparison.Ordinal);
        return at < 0 ? type : type[..at].TrimEnd();
    }

    private static bool AsksForCaller(SqlReading reading) => reading.Calls().Any(call => call is { Schema: "auth", Name: "uid" or "jwt" or "email" } or { Schema: null, Name: "uid" })
        || reading.SettingsRead().Any(setting => setting.StartsWith("request.jwt", StringComparison.Ordinal));

    private bool PointsToUsers(RlsRelation table, RlsColumn column) => _graph.ForeignKeys(table)
        .Any(key => key.Columns.SequenceEqual([column.Number]) && key.Target is { } target && _graph.Relation(target) is { } relation && relation is { Name: "users" or "user" or "profiles" or "accounts_users" or "people" } && (relation.Schema == "auth" || relation.Name is not "accounts_users"));

    private int Score(RlsRelation table, RlsColumn user, RlsColumn tenant, out RlsConstraint? key)
    {
        RlsConstraint? found = _graph.ForeignKeys(table).FirstOrDefault(candidate => candidate.Columns.SequenceEqual([tenant.Number]) && candidate.Target != table.Oid);
        key = found;
        bool declared = _hints.MembershipTenantColumn == tenant.Name;
        bool named = _hints.PreferredNames.Contains(tenant.Name);
        if (PointsToUsers(table, tenant) || (found is null && !declared && !named && !tenant.Name.EndsWith("_id", StringComparison.Ordinal)))
        {
            return 0;
        }

        bool pair = _graph.Indexes(table).Any(index => index.Unique && index.Columns.Count is 2 or 3 && index.Columns.Contains(user.Number) && index.Columns.Contains(tenant.Number));
        bool asked = _identityTexts.Any(reading => reading.Mentions(table.Name) && reading.Mentions(user.Name) && reading.Mentions(tenant.Name));
        int references = found?.Target is { } target ? Math.Min(4, _references.GetValueOrDefault(target)) : 0;
        return (pair ? 4 : 0) + (asked ? 5 : 0) + (found is null ? 0 : 1) + references + (declared ? 20 : 0) + (named ? 3 : 0)
            + (PointsToUsers(table, user) ? 2 : 0) + (NameSense.IsMembership(table.Name) ? 1 : 0) + (user.Name is "user_id" or "uid" ? 1 : 0)
            + (table.Columns.Any(column => column.Name.Contains("role", StringComparison.Ordinal)) ? 1 : 0);
    }
}
