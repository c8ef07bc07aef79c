namespace AgentFlow.Rls.Principals;

/// <summary>Somebody who asks: one representative of everybody with the same roles, states and tenants.</summary>
public sealed record RlsPrincipal
{
    /// <summary>The class in words, without an id: "member, active in one tenant".</summary>
    public required string Class { get; init; }

    /// <summary>The database role.</summary>
    public required string Role { get; init; }

    public string? UserId { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<RlsMembership> Memberships { get; init; } = [];

    /// <summary>Tenants whose rows it may see.</summary>
    public IReadOnlyList<string> ActiveTenants { get; init; } = [];

    /// <summary>Tenants that it was invited to, suspended from or removed from.</summary>
    public IReadOnlyList<string> InactiveTenants { get; init; } = [];

    /// <summary>A tenant that it has nothing to do with; null when there is none.</summary>
    public string? Victim { get; init; }

    /// <summary>Runs with everything that a client can choose forged to the victim.</summary>
    public required RlsActor Forged { get; init; }

    /// <summary>Runs as an honest client of its first tenant.</summary>
    public required RlsActor Honest { get; init; }

    /// <summary>The role in a tenant where the membership counts.</summary>
    public string? RoleIn(string tenant) => Memberships.FirstOrDefault(membership => membership.Active && membership.Tenant == tenant)?.Role;
}
