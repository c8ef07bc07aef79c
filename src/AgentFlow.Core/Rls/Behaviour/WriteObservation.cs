using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>What one write probe of one principal came to.</summary>
public sealed record WriteObservation
{
    public required TenantRelation Relation { get; init; }

    public required RlsPrincipal Principal { get; init; }

    public required WriteKind Kind { get; init; }

    /// <summary>The tenant whose row or id was used.</summary>
    public required string Tenant { get; init; }

    /// <summary>True when the principal's membership there does not count, false when it has none.</summary>
    public bool IsInactive { get; init; }

    /// <summary>What was asked, for the search of the cause: the row as JSON.</summary>
    public required string Row { get; init; }

    public WriteOutcome Outcome { get; init; }

    public RlsAnswer Answer { get; init; } = new();

    /// <summary>pg_policy.polcmd of the policies that decide.</summary>
    public string Command => Kind switch
    {
        WriteKind.InsertForeign or WriteKind.InsertOwn or WriteKind.InsertHigher => "a",
        WriteKind.DeleteForeign or WriteKind.DeleteOwn => "d",
        _ => "w",
    };
}
