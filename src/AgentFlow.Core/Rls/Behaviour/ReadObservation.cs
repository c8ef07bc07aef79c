using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>What one principal saw of one relation.</summary>
public sealed record ReadObservation
{
    public required TenantRelation Relation { get; init; }

    public required RlsPrincipal Principal { get; init; }

    /// <summary>Rows seen by own tenant.</summary>
    public IReadOnlyDictionary<string, long> Own { get; init; } = new Dictionary<string, long>();

    /// <summary>Rows of tenants that the principal has nothing to do with.</summary>
    public long Foreign { get; init; }

    /// <summary>Rows of tenants where its membership does not count.</summary>
    public long Inactive { get; init; }

    /// <summary>Rows without a tenant.</summary>
    public long WithoutTenant { get; init; }

    /// <summary>One tenant whose rows it should not have seen.</summary>
    public string? LeakedTenant { get; init; }

    /// <summary>The error, when the query failed.</summary>
    public RlsAnswer? Error { get; init; }

    public long Leaked => Foreign + Inactive + WithoutTenant;

    public long Seen => Leaked + Own.Values.Sum();
}
