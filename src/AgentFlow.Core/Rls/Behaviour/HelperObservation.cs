using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Which tenants one helper granted one principal.</summary>
public sealed record HelperObservation
{
    public required HelperShape Helper { get; init; }

    public required RlsPrincipal Principal { get; init; }

    /// <summary>The granted tenants that exist, whatever role was asked for.</summary>
    public IReadOnlyList<string> Granted { get; init; } = [];

    /// <summary>The granted tenants when only the highest role was asked for; null when it takes no role.</summary>
    public IReadOnlyList<string>? GrantedAsHighest { get; init; }

    public RlsAnswer? Error { get; init; }

    /// <summary>Tenants that it should not have granted.</summary>
    public IReadOnlyList<string> Wrong => [.. Granted.Where(tenant => !Principal.ActiveTenants.Contains(tenant))];
}
