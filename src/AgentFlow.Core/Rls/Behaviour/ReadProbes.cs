using System.Globalization;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>The counting query that a principal runs over one relation, and how its answer reads.</summary>
/// <param name="model">The tenancy.</param>
/// <param name="knownTenants">Tenants that exist, for folders whose first part may be something else.</param>
public sealed class ReadProbes(TenantModel model, IReadOnlyCollection<string> knownTenants)
{
    private const string Self = "=";

    // Above this a pass with one counter per tenant costs more than grouping.
    private const int FewTenants = 4;

    /// <summary>Groups what the principal sees into its tenants, its inactive ones, and the rest. Rows that are its own by user or mail in memberships and invitations are not counted.</summary>
    /// <param name="relation">What is read; not one of <see cref="TenantPath.Parent"/>.</param>
    /// <param name="principal">Who reads.</param>
    /// <param name="witnesses">Only these rows; null for all.</param>
    public RlsProbe Count(TenantRelation relation, RlsPrincipal principal, IReadOnlyList<WitnessRow>? witnesses)
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(principal);
        string type = TenantSql.Type(relation);
        string own = Array(principal.ActiveTenants, type);
        string[] left = [.. principal.InactiveTenants.Except(principal.ActiveTenants)];
        string inactive = Array(left, type);
        string self = IsSelf(relation, principal);
        string where = Where(relation, witnesses);
        if (self == "false" && relation.Path == TenantPath.Column && principal.ActiveTenants.Count <= FewTenants)
        {
            string tenant = TenantSql.Expression(relation);
            IEnumerable<string> counters =
            [
                "pg_catalog.count(*) as n",
                $"pg_catalog.count(*) - pg_catalog.count({tenant}) as nobody",
                left.Length == 0 ? "0 as inactive" : $"pg_catalog.count(*) filter (where {tenant} = any({inactive})) as inactive",
                .. principal.ActiveTenants.Select((one, index) => $"pg_catalog.count(*) filter (where {tenant} = {Literal(one, type)}) as own{index}"),
            ];
            return new($"select {string.Join(", ", counters)} from {Name(relation.Relation)} x {where}");
        }

        string grouped = self == "false"
            ? $"select {TenantSql.Expression(relation)} as t, false as self, pg_catalog.count(*) as n from {Name(relation.Relation)} x {where} group by 1"
            : $"select {TenantSql.Expression(relation)} as t, {self} as self, pg_catalog.count(*) as n from {Name(relation.Relation)} x {where} group by 1, 2";
        string bucket = $"case when s.t = any({own}) then s.t::text when s.self then '{Self}' when s.t = any({inactive}) then '~' end";
        return new($"select {bucket} as k, pg_catalog.sum(s.n)::bigint as n, coalesce(pg_catalog.sum(s.n) filter (where s.t is null), 0)::bigint as nobody, pg_catalog.min(s.t::text) as example from ({grouped}) s group by 1");
    }

    /// <summary>One tenant that the principal sees rows of and should not; asked where the counters found some.</summary>
    public RlsProbe Example(TenantRelation relation, RlsPrincipal principal, IReadOnlyList<WitnessRow>? witnesses)
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(principal);
        string where = Where(relation, witnesses);
        string foreign = $"{TenantSql.Expression(relation)} <> all({Array(principal.ActiveTenants, TenantSql.Type(relation))})";
        return new($"select pg_catalog.min({TenantSql.Expression(relation)}::text) as example from {Name(relation.Relation)} x {(where.Length == 0 ? "where" : where + " and")} {foreign}");
    }

    /// <summary>The keys that the principal sees of rows whose tenants only the login can tell.</summary>
    public static RlsProbe Keys(TenantRelation relation, IReadOnlyList<WitnessRow> witnesses)
    {
        ArgumentNullException.ThrowIfNull(relation);
        string key = string.Join(" || '|' || ", relation.Key.Select(column => $"x.{Name(column.Name)}::text"));
        return new($"select {key} as k from {Name(relation.Relation)} x where {Filter(relation, witnesses)}");
    }

    /// <summary>Reads the answer of <see cref="Count"/>.</summary>
    public static ReadObservation Read(TenantRelation relation, RlsPrincipal principal, RlsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ReadObservation observation = new() { Relation = relation, Principal = principal };
        if (answer.IsError)
        {
            return observation with { Error = answer };
        }

        if (answer.Rows is [{ } counters] && counters.ContainsKey("inactive"))
        {
            return Counted(observation, counters);
        }

        Dictionary<string, long> own = [];
        foreach (IReadOnlyDictionary<string, string?> row in answer.Rows)
        {
            long count = long.Parse(row["n"]!, CultureInfo.InvariantCulture);
            long nobody = long.Parse(row["nobody"]!, CultureInfo.InvariantCulture);
            observation = row["k"] switch
            {
                null => observation with { Foreign = count - nobody, WithoutTenant = nobody, LeakedTenant = row["example"] ?? observation.LeakedTenant },
                "~" => observation with { Inactive = count, LeakedTenant = observation.LeakedTenant ?? row["example"] },
                Self => observation,
                { } tenant => observation with { Own = Add(own, tenant, count) },
            };
        }

        return observation;
    }

    /// <summary>Reads the answer of <see cref="Keys"/>.</summary>
    public static ReadObservation Read(TenantRelation relation, RlsPrincipal principal, RlsAnswer answer, IReadOnlyList<WitnessRow> witnesses)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.IsError)
        {
            return new() { Relation = relation, Principal = principal, Error = answer };
        }

        Dictionary<string, string?> tenants = witnesses.ToDictionary(row => string.Join('|', relation.Key.Select(column => row.Key[column.Name])), row => row.Tenant);
        List<string?> seen = [.. answer.Rows.Select(row => tenants.GetValueOrDefault(row["k"]!))];
        List<string> foreign = [.. seen.OfType<string>().Where(tenant => !principal.ActiveTenants.Contains(tenant))];
        return new()
        {
            Relation = relation,
            Principal = principal,
            Own = seen.OfType<string>().Where(principal.ActiveTenants.Contains).CountBy(tenant => tenant).ToDictionary(pair => pair.Key, pair => (long)pair.Value),
            Foreign = foreign.Count(tenant => !principal.InactiveTenants.Contains(tenant)),
            Inactive = foreign.Count(principal.InactiveTenants.Contains),
            WithoutTenant = seen.Count(tenant => tenant is null),
            LeakedTenant = foreign.FirstOrDefault(),
        };
    }

    /// <summary>The condition that picks these rows.</summary>
    public static string Filter(TenantRelation relation, IReadOnlyList<WitnessRow> witnesses)
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(witnesses);
        if (witnesses.Count == 0 || relation.Key.Count == 0)
        {
            return "false";
        }

        if (relation.Key.Count == 1)
        {
            string name = relation.Key[0].Name;
            return $"x.{Name(name)} = any({Array(witnesses.Select(row => row.Key[name]!), MembershipDiscovery.BaseType(relation.Key[0].Type))})";
        }

        string columns = string.Join(", ", relation.Key.Select(column => "x." + Name(column.Name)));
        return $"({columns}) in ({string.Join(", ", witnesses.Select(row => $"({string.Join(", ", relation.Key.Select(column => Literal(row.Key[column.Name], MembershipDiscovery.BaseType(column.Type))))})"))})";
    }

    private static ReadObservation Counted(ReadObservation observation, IReadOnlyDictionary<string, string?> counters)
    {
        long Of(string name) => long.Parse(counters[name]!, CultureInfo.InvariantCulture);

        Dictionary<string, long> own = [];
        foreach ((int index, string tenant) in observation.Principal.ActiveTenants.Index())
        {
            if (Of($"own{index}") is > 0 and long count)
            {
                own[tenant] = count;
            }
        }

        return observation with { Own = own, Inactive = Of("inactive"), WithoutTenant = Of("nobody"), Foreign = Of("n") - Of("nobody") - Of("inactive") - own.Values.Sum() };
    }

    private string Where(TenantRelation relation, IReadOnlyList<WitnessRow>? witnesses)
    {
        List<string> conditions = [];
        if (witnesses is not null)
        {
            conditions.Add(Filter(relation, witnesses));
        }

        if (relation.Path == TenantPath.Folder)
        {
            conditions.Add($"{TenantSql.Expression(relation)} = any({Array(knownTenants.Take(500), "text")})");
        }

        return conditions.Count == 0 ? string.Empty : $"where {string.Join(" and ", conditions)}";
    }

    private string IsSelf(TenantRelation relation, RlsPrincipal principal)
    {
        List<string> own = [];
        if (relation.IsMembership && principal.UserId is { } user && model.Membership is { } membership && relation.Relation.Column(membership.UserColumn) is { } column && column.Select.Contains(principal.Role))
        {
            own.Add($"coalesce(x.{Name(column.Name)}::text = {Literal(user)}, false)");
        }

        if (relation.EmailColumn is { } email && email.Select.Contains(principal.Role) && principal.Email is { Length: > 0 } address)
        {
            own.Add($"coalesce(pg_catalog.lower(x.{Name(email.Name)}::text) = pg_catalog.lower({Literal(address)}), false)");
        }

        return own.Count == 0 ? "false" : string.Join(" or ", own);
    }

    private static Dictionary<string, long> Add(Dictionary<string, long> own, string tenant, long count)
    {
        own[tenant] = own.GetValueOrDefault(tenant) + count;
        return own;
    }
}
