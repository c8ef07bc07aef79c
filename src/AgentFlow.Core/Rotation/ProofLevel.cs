namespace AgentFlow;

/// <summary>How sure it is that the new value works. Each level contains the ones below it.</summary>
public enum ProofLevel
{
    /// <summary>Nothing was shown.</summary>
    None = -1,

    /// <summary>L0: the variable store says that it was written.</summary>
    Written = 0,

    /// <summary>L1: a build made afterwards serves production.</summary>
    Deployed = 1,

    /// <summary>L2: the routes are healthy on its own address and on the alias.</summary>
    Boots = 2,

    /// <summary>L3: the application's keyed fingerprint agrees.</summary>
    SameValue = 3,

    /// <summary>L4: the old credential was not used for the whole soak.</summary>
    OldUnused = 4,

    /// <summary>L5: the old credential was seen to be dead.</summary>
    OldDead = 5,
}
