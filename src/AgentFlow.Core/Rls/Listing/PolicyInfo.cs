using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Listing;

/// <summary>One row-level security policy, for people.</summary>
public sealed record PolicyInfo
{
    /// <summary><c>schema.table</c>.</summary>
    public required string Table { get; init; }

    public required string Name { get; init; }

    /// <summary>False for a restrictive policy, which only narrows.</summary>
    public required bool Permissive { get; init; }

    /// <summary>SELECT, INSERT, UPDATE, DELETE or ALL.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Which rows are there for the caller; null for INSERT.</summary>
    public string? Using { get; init; }

    /// <summary>What a written row must satisfy; null where the USING is reused.</summary>
    public string? Check { get; init; }

    /// <summary>The application's functions behind the policy, through other functions too.</summary>
    public IReadOnlyList<string> Helpers { get; init; } = [];

    /// <summary>False when the policy sleeps because row security is off on its table.</summary>
    public required bool RowSecurity { get; init; }

    /// <summary>True when the owner is bound as well.</summary>
    public required bool Forced { get; init; }

    /// <summary>All policies, by table and name.</summary>
    public static IEnumerable<PolicyInfo> All(RlsGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Catalog.Policies.Select(policy => (Policy: policy, Table: graph.Relation(policy.Relation)!)).Where(pair => pair.Table is not null)
            .OrderBy(pair => pair.Table.FullName, StringComparer.Ordinal).ThenBy(pair => pair.Policy.Name, StringComparer.Ordinal)
            .Select(pair => new PolicyInfo
            {
                Table = pair.Table.FullName, Name = pair.Policy.Name, Permissive = pair.Policy.Permissive, Command = pair.Policy.CommandName, Roles = pair.Policy.Roles, Using = pair.Policy.Using, Check = pair.Policy.Check,
                Helpers = [.. graph.Helpers(pair.Policy).Select(routine => routine.Signature).Order(StringComparer.Ordinal)], RowSecurity = pair.Table.RowSecurity, Forced = pair.Table.Forced,
            });
    }
}
