namespace AgentFlow.Rls.Tenancy;

/// <summary>What the operator or a spec declares about the tenancy; everything null is discovered.</summary>
public sealed record TenancyHints
{
    /// <summary><c>schema.table</c> of the memberships.</summary>
    public string? MembershipTable { get; init; }

    public string? MembershipTenantColumn { get; init; }

    public string? MembershipUserColumn { get; init; }

    public string? MembershipRoleColumn { get; init; }

    /// <summary>Declared conditions; null means discover, empty means none.</summary>
    public IReadOnlyList<ActiveRule>? Active { get; init; }

    /// <summary><c>schema.table</c> of the tenants.</summary>
    public string? RootTable { get; init; }

    /// <summary>Tenant column per <c>schema.table</c>; an empty name says that the table holds nothing of a tenant.</summary>
    public IReadOnlyDictionary<string, string> TenantColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Names preferred when there is a choice, from the config.</summary>
    public IReadOnlyList<string> PreferredNames { get; init; } = [];
}
