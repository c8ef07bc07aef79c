using AgentFlow.Rotation.Ports;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each change of the sealed slot.</summary>
internal sealed class DeadlySlot(ISealedSlot inner, DeathPlaces places) : ISealedSlot
{
    public async Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string after = places.Before("slot seal", reads: false);
        await inner.SealAsync(name, content, cancellationToken);
        places.After(after);
    }

    public Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken) => inner.UnsealAsync(name, cancellationToken);

    public async Task DestroyAsync(string name, CancellationToken cancellationToken)
    {
        string after = places.Before("slot destroy", reads: false);
        await inner.DestroyAsync(name, cancellationToken);
        places.After(after);
    }
}
