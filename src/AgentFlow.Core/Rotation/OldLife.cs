namespace AgentFlow.Rotation;

/// <summary>Whether a credential opens anything.</summary>
public enum OldLife
{
    /// <summary>It works.</summary>
    Alive,

    /// <summary>It does not work, and can be made to again.</summary>
    Disabled,

    /// <summary>It is gone.</summary>
    Dead,

    /// <summary>The provider does not tell; the operator attests it.</summary>
    Unknown,
}
