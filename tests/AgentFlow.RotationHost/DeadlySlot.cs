using AgentFlow.Rotation.Ports;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each change of the sealed slot.</summary>
internal sealed class DeadlySlot(ISealedSlot inner, DeathCounter counter) : ISealedSlot
{
    public async Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        counter.Place();
        await inner.SealAsync(name, content, cancellationToken);
        counter.Place();
    }

    public Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken) => inner.UnsealAsync(name, cancellationToken);

    public async Task DestroyAsync(string name, CancellationToken cancellationToken)
    {
        counter.Place();
        await inner.DestroyAsync(name, cancellationToken);
        counter.Place();
    }
}
