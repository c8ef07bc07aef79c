namespace AgentFlow.Rls.Behaviour;

/// <summary>What one write probe tries.</summary>
public enum WriteKind
{
    /// <summary>A new row in a tenant where the principal has no business.</summary>
    InsertForeign,

    /// <summary>A new row in its own tenant.</summary>
    InsertOwn,

    /// <summary>A change of another tenant's row.</summary>
    UpdateForeign,

    /// <summary>Another tenant's row moved into its own.</summary>
    Steal,

    /// <summary>Its own tenant's row moved into another.</summary>
    Move,

    /// <summary>A change of its own tenant's row.</summary>
    UpdateOwn,

    /// <summary>Another tenant's row deleted.</summary>
    DeleteForeign,

    /// <summary>Its own tenant's row deleted.</summary>
    DeleteOwn,

    /// <summary>Its own membership made active or given the highest role.</summary>
    PromoteSelf,

    /// <summary>A membership with a role above its own made for somebody in its tenant.</summary>
    InsertHigher,

    /// <summary>Somebody's membership of its tenant given a role above its own.</summary>
    PromoteOther,
}
