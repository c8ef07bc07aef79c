using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Tenancy;

/// <summary>The SQL by which rows of a relation, aliased x, name their tenant.</summary>
public static class TenantSql
{
    /// <summary>The type in which <see cref="Expression"/> gives the tenant.</summary>
    public static string Type(TenantRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return relation.Path switch
        {
            TenantPath.Folder => "text",
            TenantPath.Parent => Type(relation.Parent!),
            _ => MembershipDiscovery.BaseType(relation.Column!.Type),
        };
    }

    /// <summary>The tenant of row x; for <see cref="TenantPath.Parent"/> by a sub-query, which only the login sees whole.</summary>
    public static string Expression(TenantRelation relation, string alias = "x")
    {
        ArgumentNullException.ThrowIfNull(relation);
        return relation.Path switch
        {
            TenantPath.Folder => $"pg_catalog.split_part({alias}.{Name(relation.Column!.Name)}, '/', 1)",
            TenantPath.Parent => $"(select {Expression(relation.Parent!, alias + "p")} from {Name(relation.Parent!.Relation)} {alias}p where {Link(relation, alias)} limit 1)",
            _ => $"{alias}.{Name(relation.Column!.Name)}",
        };
    }

    /// <summary>The condition that picks one row by its key, or null when the relation has none.</summary>
    public static string? ByKey(TenantRelation relation, IReadOnlyDictionary<string, string?> row, string alias = "x")
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(row);
        return relation.Key.Count == 0
            ? null
            : string.Join(" and ", relation.Key.Select(column => $"{alias}.{Name(column.Name)} = {Literal(row.GetValueOrDefault(column.Name), MembershipDiscovery.BaseType(column.Type))}"));
    }

    /// <summary>True when the membership in alias m counts.</summary>
    public static string IsActive(MembershipShape membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        return membership.Active.Count == 0 ? "true" : string.Join(" and ", membership.Active.Select(Condition));
    }

    /// <summary>What the state of the membership in alias m is called.</summary>
    public static string State(MembershipShape membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        ActiveRule? named = membership.Active.FirstOrDefault(rule => rule.Kind == ActiveRuleKind.Equal);
        return named is null ? $"case when {IsActive(membership)} then 'active' else 'inactive' end" : $"(m.{Name(named.Column)})::text";
    }

    /// <summary>Values that make a membership active, by column; null asks for NULL.</summary>
    public static IReadOnlyDictionary<string, string?> ActiveValues(MembershipShape membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        return membership.Active.ToDictionary(rule => rule.Column, rule => rule.Kind switch
        {
            ActiveRuleKind.Equal => rule.Value,
            ActiveRuleKind.True => "true",
            ActiveRuleKind.NotTrue => "false",
            ActiveRuleKind.NotNull => "2020-01-01 00:00:00+00",
            _ => null,
        });
    }

    private static string Condition(ActiveRule rule)
    {
        string column = $"m.{Name(rule.Column)}";
        return rule.Kind switch
        {
            ActiveRuleKind.Equal => $"({column})::text = {Literal(rule.Value)}",
            ActiveRuleKind.True => $"{column} is true",
            ActiveRuleKind.NotTrue => $"{column} is not true",
            ActiveRuleKind.Null => $"{column} is null",
            ActiveRuleKind.NotNull => $"{column} is not null",
            _ => $"({column} is null or {column} > pg_catalog.now())",
        };
    }

    private static string Link(TenantRelation relation, string alias) =>
        string.Join(" and ", relation.Link.Select(pair => $"{alias}p.{Name(pair.Target)} = {alias}.{Name(pair.Own)}"));
}
