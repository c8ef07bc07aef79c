using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Tenancy;

/// <summary>The table that says which user belongs to which tenant, and how to read it.</summary>
public sealed record MembershipShape
{
    public required RlsRelation Table { get; init; }

    public required string TenantColumn { get; init; }

    public required string UserColumn { get; init; }

    public string? RoleColumn { get; init; }

    /// <summary>Empty when every membership counts.</summary>
    public IReadOnlyList<ActiveRule> Active { get; init; } = [];

    /// <summary>Known role values, highest first where the names tell, else in catalog order.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
