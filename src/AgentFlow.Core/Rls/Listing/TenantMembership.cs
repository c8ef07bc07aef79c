namespace AgentFlow.Rls.Listing;

/// <summary>Who belongs to which tenant, as the database says it: ids only, no names or addresses.</summary>
public sealed record TenantMembership
{
    public required string UserId { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The role in the tenant; null where memberships have none.</summary>
    public string? Role { get; init; }

    /// <summary>What the membership's state is called: active, invited, suspended and so on.</summary>
    public string? State { get; init; }

    /// <summary>True when the membership counts.</summary>
    public required bool Active { get; init; }

    /// <summary><c>schema.table</c> of the memberships.</summary>
    public required string Table { get; init; }
}
