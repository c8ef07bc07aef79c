using AgentFlow.Rotation.Ports;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The sealed slot in memory.</summary>
internal sealed class MemorySlot(Wire wire) : ISealedSlot
{
    public Dictionary<string, byte[]> Contents { get; } = [];

    public Task SealAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        wire.Place();
        Contents[name] = content.ToArray();
        wire.Place();
        return Task.CompletedTask;
    }

    public Task<byte[]?> UnsealAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Contents.TryGetValue(name, out byte[]? content) ? content.ToArray() : null);

    public Task DestroyAsync(string name, CancellationToken cancellationToken)
    {
        wire.Place();
        Contents.Remove(name);
        wire.Place();
        return Task.CompletedTask;
    }
}
