using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Tracing;

/// <summary>Puts the policies of one role and command together as PostgreSQL does: permissive ones widen by OR, restrictive ones narrow by AND.</summary>
public static class PolicyText
{
    /// <summary>What decides about existing rows; null when no permissive policy lets anything in.</summary>
    public static string? Using(RlsGraph graph, RlsRelation table, string role, string command) => Combine(graph, table, role, command, policy => policy.Using);

    /// <summary>What a written row must satisfy; null when no permissive policy lets anything in.</summary>
    public static string? Check(RlsGraph graph, RlsRelation table, string role, string command) => Combine(graph, table, role, command, policy => policy.EffectiveCheck);

    private static string? Combine(RlsGraph graph, RlsRelation table, string role, string command, Func<RlsPolicy, string?> part)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(table);
        if (!table.RowSecurity)
        {
            return "true";
        }

        List<RlsPolicy> applicable = [.. graph.Applicable(table, role, command)];
        List<string> permissive = [.. applicable.Where(policy => policy.Permissive).Select(policy => $"coalesce({part(policy) ?? "true"}, false)")];
        if (permissive.Count == 0)
        {
            return null;
        }

        IEnumerable<string> restrictive = applicable.Where(policy => !policy.Permissive).Select(policy => $"coalesce({part(policy) ?? "true"}, false)");
        return string.Join(" and ", restrictive.Prepend($"({string.Join(" or ", permissive)})"));
    }
}
