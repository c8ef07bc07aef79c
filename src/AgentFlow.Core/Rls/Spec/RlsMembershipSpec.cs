using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Spec;

/// <summary>How memberships are written down.</summary>
public sealed record RlsMembershipSpec
{
    public required string Table { get; init; }

    public required string TenantColumn { get; init; }

    public required string UserColumn { get; init; }

    public string? RoleColumn { get; init; }

    public IReadOnlyList<ActiveRule> Active { get; init; } = [];
}
