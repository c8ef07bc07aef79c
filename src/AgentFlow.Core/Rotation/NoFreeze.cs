using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation;

/// <summary>For a module that keeps no incidents and no change lock: there is nothing that could be open.</summary>
public sealed class NoFreeze : IChangeFreeze
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<RotationBlocker>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RotationBlocker>>([]);
}
