namespace AgentFlow.RotationHost;

/// <summary>The system's clock some hours ahead, so that soaks and windows pass without waiting.</summary>
internal sealed class LaterTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
