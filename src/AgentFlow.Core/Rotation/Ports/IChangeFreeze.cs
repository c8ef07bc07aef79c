namespace AgentFlow.Rotation.Ports;

/// <summary>Whether this is a time for changes.</summary>
public interface IChangeFreeze
{
    /// <summary>Blockers of code <see cref="BlockerCode.IncidentOpen"/> and <see cref="BlockerCode.ChangeLock"/>.</summary>
    Task<IReadOnlyList<RotationBlocker>> ReadAsync(CancellationToken cancellationToken);
}
