using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Tenancy;

/// <summary>Builds the tenant model from the catalog, the hints and the values that the membership's state and role columns hold.</summary>
public sealed class TenantModelBuilder(RlsGraph graph, TenancyHints hints)
{
    private readonly MembershipDiscovery _discovery = new(graph, hints);

    /// <summary>The columns whose distinct values <see cref="Build"/> wants, with the table; null when there is no membership table.</summary>
    public (RlsRelation Table, IReadOnlyList<string> Columns)? Wanted()
    {
        if (_discovery.Find() is not { } found)
        {
            return null;
        }

        return (found.Table, [.. found.Table.Columns.Where(column => column.Number != found.User.Number && column.Number != found.Tenant.Number && column.Category is "S" or "E" or "N").Select(column => column.Name)]);
    }

    /// <summary>The model.</summary>
    /// <param name="values">Distinct values per wanted column, from data; may be empty.</param>
    public TenantModel Build(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (_discovery.Find() is not { } found)
        {
            return ByClaim();
        }

        RlsRelation? root = hints.RootTable is { } declared
            ? graph.Catalog.Relations.FirstOrDefault(relation => relation.FullName == declared)
            : found.TenantKey?.Target is { } target ? graph.Relation(target) : RootByName(found.Tenant);
        string? rootKey = root is null ? null : found.TenantKey is { } key && key.Target == root.Oid ? root.Column(key.TargetColumns[0])?.Name : KeyOf(root).Select(column => column.Name).FirstOrDefault();
        Dictionary<string, IReadOnlyList<string>> known = WithDeclaredValues(found.Table, values);
        string? roleColumn = hints.MembershipRoleColumn ?? RoleColumn(found.Table, known);
        MembershipShape membership = new()
        {
            Table = found.Table,
            TenantColumn = found.Tenant.Name,
            UserColumn = found.User.Name,
            RoleColumn = roleColumn,
            Active = hints.Active ?? ActiveDiscovery.Find(graph, found.Table, new HashSet<string>([found.Tenant.Name, found.User.Name]), roleColumn, known),
            Roles = roleColumn is null ? [] : [.. known.GetValueOrDefault(roleColumn, []).Distinct().OrderBy(NameSense.Rank)],
        };

        string tenantType = MembershipDiscovery.BaseType(found.Tenant.Type);
        List<string> names = TenantNames(found.Tenant, root, tenantType);
        List<TenantRelation> relations = Relations(membership, root, rootKey, tenantType, names);
        HashSet<long> tenantOids = [.. relations.Select(relation => relation.Relation.Oid)];
        return new()
        {
            Membership = membership,
            Root = root,
            RootKey = rootKey,
            TenantType = tenantType,
            UserType = _discovery.UserType,
            TenantNames = names,
            Relations = relations,
            Others = [.. graph.Catalog.Relations.Where(relation => !tenantOids.Contains(relation.Oid))],
        };
    }

    // Without memberships the tables still carry a tenant, and the token says whose they are.
    private TenantModel ByClaim()
    {
        if (ClaimTenancy.Find(graph, hints.PreferredNames) is not { } claim)
        {
            return new() { Others = [.. graph.Catalog.Relations] };
        }

        RlsRelation? root = hints.RootTable is { } declared
            ? graph.Catalog.Relations.FirstOrDefault(relation => relation.FullName == declared)
            : graph.Catalog.Relations.FirstOrDefault(relation => relation.IsTable && !RlsGraph.IsManaged(relation.Schema) && NameSense.PointsTo(claim.Column, relation.Name) && KeyOf(relation).Count() == 1);
        string? rootKey = root is null ? null : KeyOf(root).First().Name;
        List<string> names = [claim.Column, .. hints.PreferredNames.Where(name => name != claim.Column)];
        List<TenantRelation> relations = Relations(null, root, rootKey, claim.Type, names);
        HashSet<long> oids = [.. relations.Select(relation => relation.Relation.Oid)];
        return new()
        {
            Root = root,
            RootKey = rootKey,
            ClaimKey = claim.Claim,
            RoleClaim = claim.Role,
            TenantType = claim.Type,
            UserType = _discovery.UserType,
            TenantNames = names,
            Relations = relations,
            Others = [.. graph.Catalog.Relations.Where(relation => !oids.Contains(relation.Oid))],
        };
    }

    private List<string> TenantNames(RlsColumn tenant, RlsRelation? root, string type) =>
    [
        .. graph.Catalog.Constraints
            .Where(key => key.Kind == "f" && root is not null && key.Target == root.Oid && key.Columns.Count == 1 && key.Relation != root.Oid)
            .Select(key => graph.Relation(key.Relation)?.Column(key.Columns[0]))
            .OfType<RlsColumn>().Where(column => MembershipDiscovery.BaseType(column.Type) == type).Select(column => column.Name)
            .Append(tenant.Name).Concat(hints.PreferredNames)
            .GroupBy(name => name).OrderByDescending(group => group.Key == tenant.Name).ThenByDescending(group => group.Count()).Select(group => group.Key),
    ];

    private List<TenantRelation> Relations(MembershipShape? membership, RlsRelation? root, string? rootKey, string type, List<string> names)
    {
        List<TenantRelation> found = [];
        foreach (RlsRelation relation in graph.Catalog.Relations.Where(relation => relation.Schema != "agentflow_meta"))
        {
            bool declared = hints.TenantColumns.TryGetValue(relation.FullName, out string? declaredColumn);
            RlsColumn? column = declared ? relation.Column(declaredColumn!)
                : root is not null && relation.Oid == root.Oid ? relation.Column(rootKey!)
                : TenantColumn(relation, root, type, names);
            if (column is not null)
            {
                found.Add(Make(relation, TenantPath.Column, column, membership, root));
            }
            else if (!declared && relation.Schema == "storage" && relation.Name == "objects" && relation.Column("name") is { } path)
            {
                found.Add(Make(relation, TenantPath.Folder, path, membership, root));
            }
        }

        AddChildren(found, membership, root);
        return found;
    }

    private RlsColumn? TenantColumn(RlsRelation relation, RlsRelation? root, string type, List<string> names)
    {
        RlsColumn? named = names.Select(relation.Column).FirstOrDefault(column => column is not null && MembershipDiscovery.BaseType(column.Type) == type);
        RlsColumn? keyed = root is null ? null : graph.ForeignKeys(relation).Where(key => key.Target == root.Oid && key.Columns.Count == 1).Select(key => relation.Column(key.Columns[0])).FirstOrDefault();
        return named ?? keyed;
    }

    // Tables without a tenant column belong to the tenant of the row that they point to.
    private void AddChildren(List<TenantRelation> found, MembershipShape? membership, RlsRelation? root)
    {
        for (bool grew = true; grew;)
        {
            grew = false;
            HashSet<long> known = [.. found.Select(relation => relation.Relation.Oid)];
            foreach (RlsRelation relation in graph.Catalog.Relations.Where(relation => relation.IsTable && !known.Contains(relation.Oid) && !hints.TenantColumns.ContainsKey(relation.FullName) && !RlsGraph.IsManaged(relation.Schema)))
            {
                RlsConstraint? link = graph.ForeignKeys(relation).FirstOrDefault(key => key.Target is { } target && key.Columns.All(number => relation.Column(number)?.NotNull == true)
                    && found.Any(parent => parent.Relation.Oid == target && parent is { IsRoot: false, IsMembership: false, Path: TenantPath.Column }));
                if (link is not null)
                {
                    TenantRelation parent = found.First(candidate => candidate.Relation.Oid == link.Target);
                    found.Add(Make(relation, TenantPath.Parent, null, membership, root) with
                    {
                        Parent = parent,
                        Link = [.. link.Columns.Zip(link.TargetColumns, (own, target) => (relation.Column(own)!.Name, parent.Relation.Column(target)!.Name))],
                    });
                    grew = true;
                }
            }
        }
    }

    private TenantRelation Make(RlsRelation relation, TenantPath path, RlsColumn? column, MembershipShape? membership, RlsRelation? root) => new()
    {
        Relation = relation,
        Path = path,
        Column = column,
        Key = [.. KeyOf(relation)],
        UserColumns = [.. relation.Columns.Where(candidate => _discovery.IsUserColumn(relation, candidate))],
        IsMembership = relation.Oid == membership?.Table.Oid,
        IsRoot = root is not null && relation.Oid == root.Oid,
        EmailColumn = relation.Name.StartsWith("invit", StringComparison.Ordinal) ? relation.Columns.FirstOrDefault(candidate => candidate.Name.Contains("email", StringComparison.Ordinal)) : null,
    };

    private IEnumerable<RlsColumn> KeyOf(RlsRelation relation) => graph.PrimaryKey(relation)?.Columns.Select(relation.Column).OfType<RlsColumn>() ?? [];

    private RlsRelation? RootByName(RlsColumn tenant) => graph.Catalog.Relations.FirstOrDefault(relation => relation.IsTable && !RlsGraph.IsManaged(relation.Schema)
        && NameSense.PointsTo(tenant.Name, relation.Name) && KeyOf(relation).Any(column => MembershipDiscovery.BaseType(column.Type) == MembershipDiscovery.BaseType(tenant.Type)));

    private static string? RoleColumn(RlsRelation table, Dictionary<string, IReadOnlyList<string>> values) => table.Columns
        .Where(column => column.Category is "S" or "E")
        .Select(column => (column.Name, Score: (column.Name.Contains("role", StringComparison.Ordinal) ? 3 : column.Name is "level" or "access" or "permission" or "kind" or "access_level" ? 1 : 0)
            + (values.GetValueOrDefault(column.Name, []).Any(value => NameSense.Rank(value) != int.MaxValue) ? 2 : 0)))
        .Where(candidate => candidate.Score >= 2).OrderByDescending(candidate => candidate.Score).Select(candidate => candidate.Name).FirstOrDefault();

    // A CHECK or an enum declares values that no row may hold yet.
    private Dictionary<string, IReadOnlyList<string>> WithDeclaredValues(RlsRelation table, IReadOnlyDictionary<string, IReadOnlyList<string>> values)
    {
        Dictionary<string, IReadOnlyList<string>> all = [];
        foreach (RlsColumn column in table.Columns)
        {
            IEnumerable<string> declared = column.Labels.Concat(graph.CheckConstraints(table).Where(check => check.Columns.SequenceEqual([column.Number])).SelectMany(check => new Text.SqlReading(check.Definition).Literals()));
            all[column.Name] = [.. declared.Concat(values.GetValueOrDefault(column.Name) ?? []).Distinct()];
        }

        return all;
    }
}
