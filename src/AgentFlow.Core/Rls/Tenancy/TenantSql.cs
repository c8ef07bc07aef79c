using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tenancy;

/// <summary>The tenancy as SQL expressions over an aliased row.</summary>
public static class TenantSql
{
    /// <summary>The tenant of a row as text: its own column, the folder of its path, or that of the row it points to.</summary>
    public static string TenantOf(TenantRelation relation, string alias)
    {
        ArgumentNullException.ThrowIfNull(relation);
        switch (relation.Path)
        {
            case TenantPath.Column:
                return $"{alias}.{SqlText.Name(relation.Column!.Name)}::pg_catalog.text";
            case TenantPath.Folder:
                return $"pg_catalog.split_part({alias}.{SqlText.Name(relation.Column!.Name)}, '/', 1)";
            default:
                string parent = alias + "_up";
                string link = string.Join(" and ", relation.Link.Select(pair => $"{parent}.{SqlText.Name(pair.Target)} = {alias}.{SqlText.Name(pair.Own)}"));
                return $"(select {TenantOf(relation.Parent!, parent)} from {SqlText.Name(relation.Parent!.Relation)} {parent} where {link} limit 1)";
        }
    }

    /// <summary>True for a membership row that counts.</summary>
    public static string Active(MembershipShape shape, string alias)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Active.Count == 0 ? "true" : string.Join(" and ", shape.Active.Select(rule => Active(rule, $"{alias}.{SqlText.Name(rule.Column)}")));
    }

    private static string Active(ActiveRule rule, string column) => rule.Kind switch
    {
        ActiveRuleKind.Equal => $"coalesce({column}::pg_catalog.text = {SqlText.Literal(rule.Value!)}, false)",
        ActiveRuleKind.True => $"{column} is true",
        ActiveRuleKind.NotTrue => $"{column} is not true",
        ActiveRuleKind.Null => $"{column} is null",
        ActiveRuleKind.NotNull => $"{column} is not null",
        _ => $"({column} is null or {column} > pg_catalog.now())",
    };
}
