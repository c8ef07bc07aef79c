namespace AgentFlow.Rotation.Ports;

/// <summary>How far a build is.</summary>
public enum BuildPhase
{
    /// <summary>Queued or building.</summary>
    Running,

    /// <summary>It can serve.</summary>
    Ready,

    /// <summary>It failed, was cancelled or was blocked.</summary>
    Failed,
}
