using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Tenancy;

/// <summary>How this database tells tenants apart: root table, memberships, and where every relation carries its tenant.</summary>
public sealed record TenantModel
{
    public MembershipShape? Membership { get; init; }

    /// <summary>The table of tenants.</summary>
    public RlsRelation? Root { get; init; }

    /// <summary>Its key column.</summary>
    public string? RootKey { get; init; }

    /// <summary>Key of the token's app_metadata that names the tenant where there are no memberships.</summary>
    public string? ClaimKey { get; init; }

    /// <summary>Key of the token's app_metadata that names the role.</summary>
    public string? RoleClaim { get; init; }

    /// <summary>SQL type of a tenant id.</summary>
    public string TenantType { get; init; } = "uuid";

    /// <summary>SQL type of a user id.</summary>
    public string UserType { get; init; } = "uuid";

    /// <summary>Names that tenant columns have in this database, the most common first.</summary>
    public IReadOnlyList<string> TenantNames { get; init; } = [];

    public IReadOnlyList<TenantRelation> Relations { get; init; } = [];

    /// <summary>Relations declared or known to hold nothing of a tenant.</summary>
    public IReadOnlyList<RlsRelation> Others { get; init; } = [];

    public TenantRelation? Find(long oid) => Relations.FirstOrDefault(relation => relation.Relation.Oid == oid);
}
