namespace AgentFlow;

/// <summary>What the issuing provider said of a found secret.</summary>
public enum SecretLiveness
{
    /// <summary>Nobody asked.</summary>
    NotAsked,

    /// <summary>The provider accepts it: revoke it now.</summary>
    Live,

    /// <summary>The provider refuses it.</summary>
    Refused,

    /// <summary>The provider's answer says neither, or it could not be asked.</summary>
    Unknown,

    /// <summary>No provider is known for its rule.</summary>
    NoProvider,
}
