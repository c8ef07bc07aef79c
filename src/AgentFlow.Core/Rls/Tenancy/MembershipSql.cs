using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tenancy;

/// <summary>How memberships are selected and read back.</summary>
public static class MembershipSql
{
    /// <summary>The columns user_id, tenant, role, active and state of one aliased membership row.</summary>
    public static string Columns(MembershipShape shape, string alias)
    {
        ArgumentNullException.ThrowIfNull(shape);
        string role = shape.RoleColumn is { } column ? $"{alias}.{SqlText.Name(column)}::text" : "null::text";
        string state = shape.Active.Count == 0 ? "null::text" : $"pg_catalog.concat_ws(', ', {string.Join(", ", shape.Active.Select(rule => State(rule, alias)))})";
        return $"{alias}.{SqlText.Name(shape.UserColumn)}::text as user_id, {alias}.{SqlText.Name(shape.TenantColumn)}::text as tenant, {role} as role, ({TenantSql.Active(shape, alias)}) as active, {state} as state";
    }

    /// <summary>One row of them.</summary>
    public static RlsMembership Read(IReadOnlyDictionary<string, string?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(row["tenant"] ?? string.Empty, row["role"], row["active"] == "true", row["state"]);
    }

    private static string State(ActiveRule rule, string alias)
    {
        string column = $"{alias}.{SqlText.Name(rule.Column)}";
        return rule.Kind switch
        {
            ActiveRuleKind.Equal => $"{column}::text",
            ActiveRuleKind.True or ActiveRuleKind.NotTrue => $"{SqlText.Literal(rule.Column)} || ' = ' || coalesce({column}::text, 'null')",
            _ => $"case when {column} is null then {SqlText.Literal("no " + rule.Column)} else {SqlText.Literal(rule.Column)} end",
        };
    }
}
