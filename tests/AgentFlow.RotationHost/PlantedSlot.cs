using AgentFlow.Rotation.Ports;

namespace AgentFlow.RotationHost;

/// <summary>A slot that also leaves what it seals in clear beside it: planted to see that the campaign's audit finds it.</summary>
internal sealed class PlantedSlot(ISealedSlot inner, string folder) : ISealedSlot
{
    public async Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await inner.SealAsync(name, content, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "left-behind.tmp"), content.ToArray(), cancellationToken);
    }

    public Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken) => inner.UnsealAsync(name, cancellationToken);

    public Task DestroyAsync(string name, CancellationToken cancellationToken) => inner.DestroyAsync(name, cancellationToken);
}
