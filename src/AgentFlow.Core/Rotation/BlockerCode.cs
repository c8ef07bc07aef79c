namespace AgentFlow;

/// <summary>Why a rotation may not begin, or why the old credential may not be revoked yet. What cannot be read blocks as well.</summary>
public enum BlockerCode
{
    /// <summary>The application has not been seen to hold the new value, or the variables were changed since.</summary>
    NotProven,

    /// <summary>Deployments with the old value may still answer: a rolling release or skew protection.</summary>
    OldTraffic,

    /// <summary>There is no healthy deployment with the new value to roll back to.</summary>
    RollbackFloor,

    /// <summary>The old credential was used during the soak, or the soak is not over.</summary>
    OldStillUsed,

    /// <summary>Production is pinned by a rollback.</summary>
    PinnedRollback,

    /// <summary>An incident is open.</summary>
    IncidentOpen,

    /// <summary>The provider may still repeat deliveries or report late.</summary>
    RetryWindow,

    /// <summary>Something else uses the same value, or that cannot be told.</summary>
    SharedCredential,

    /// <summary>Another rotation of this credential is open.</summary>
    OpenRotation,

    /// <summary>A change lock is active.</summary>
    ChangeLock,

    /// <summary>The provider has no room for a second credential.</summary>
    Capacity,

    /// <summary>What answers is not what the config pins.</summary>
    IdentityMismatch,

    /// <summary>The variables are not there to be changed.</summary>
    LaneMissing,
}
