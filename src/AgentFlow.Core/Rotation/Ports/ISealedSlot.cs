using AgentFlow.Faults;

namespace AgentFlow.Rotation.Ports;

/// <summary>The one place that holds pending values between two steps: sealed by a vault or by the platform, never in clear on a disk.</summary>
public interface ISealedSlot
{
    /// <summary>Seals durably, replacing what was there.</summary>
    Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The content, which the caller wipes; null when nothing is sealed under this name.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.SlotUnreadable"/> when it cannot be opened here.</exception>
    Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes it; nothing happens when it is not there.</summary>
    Task DestroyAsync(string name, CancellationToken cancellationToken);
}
