using System.Globalization;
using System.Security.Cryptography;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Steps;

/// <summary>The way of parts into the slot and out of it.</summary>
internal sealed class SealedValues(RotationPorts ports)
{
    /// <summary>The new value, or null.</summary>
    public Task<CredentialParts?> ReadNewAsync(RotationView view, CancellationToken cancellationToken) => ReadAsync(view.ValueSlot, cancellationToken);

    /// <summary>What the lanes held before, by <see cref="LanePart"/>; null when nothing could be read then.</summary>
    public Task<CredentialParts?> ReadOldAsync(RotationView view, CancellationToken cancellationToken) => ReadAsync(view.OldSlot, cancellationToken);

    /// <summary>Seals the new value.</summary>
    public Task SealNewAsync(RotationView view, CredentialParts parts, CancellationToken cancellationToken) => SealAsync(view.ValueSlot, parts, cancellationToken);

    /// <summary>Seals what the lanes hold now, once, before the first of them is written.</summary>
    public async Task SealOldAsync(RotationView view, CancellationToken cancellationToken)
    {
        if (view.BegunCalls.Contains(CallName.Stage))
        {
            return;
        }

        using CredentialParts old = new();
        IReadOnlyList<VariableEntry> entries = await ports.Variables.ListAsync(cancellationToken);
        for (int index = 0; index < view.Record.Lanes.Count; index++)
        {
            RotationLane lane = view.Record.Lanes[index];
            if (lane.EntryId is { } id && entries.FirstOrDefault(entry => entry.Id == id) is { Readable: true }
                && await ports.Variables.ReadAsync(id, cancellationToken) is { } value)
            {
                old.Add(LanePart(index), value);
            }
        }

        if (old.Names.Count > 0)
        {
            await SealAsync(view.OldSlot, old, cancellationToken);
        }
    }

    /// <summary>Destroys the new value.</summary>
    public Task DestroyNewAsync(RotationView view, CancellationToken cancellationToken) => ports.Slot.DestroyAsync(view.ValueSlot, cancellationToken);

    /// <summary>Destroys everything of a rotation.</summary>
    public async Task DestroyAllAsync(RotationView view, CancellationToken cancellationToken)
    {
        for (int generation = 1; generation <= view.Record.Generation; generation++)
        {
            RotationView one = view with { Record = view.Record with { Generation = generation } };
            await ports.Slot.DestroyAsync(one.ValueSlot, cancellationToken);
        }

        await ports.Slot.DestroyAsync(view.OldSlot, cancellationToken);
    }

    /// <summary>The part under which a lane's earlier value is sealed.</summary>
    public static string LanePart(int index) => string.Create(CultureInfo.InvariantCulture, $"lane:{index}");

    private async Task SealAsync(string name, CredentialParts parts, CancellationToken cancellationToken)
    {
        byte[] packed = parts.Pack();
        try
        {
            await ports.Slot.SealAsync(name, packed, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packed);
        }
    }

    private async Task<CredentialParts?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        byte[]? packed = await ports.Slot.UnsealAsync(name, cancellationToken);
        if (packed is null)
        {
            return null;
        }

        try
        {
            return CredentialParts.Unpack(packed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packed);
        }
    }
}
