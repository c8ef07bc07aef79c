using System.Buffers.Binary;
using System.Text;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Rotation;

/// <summary>The parts of one credential (<c>secret</c>, <c>id</c>, <c>url</c>, …). Wiped on disposal.</summary>
public sealed class CredentialParts : IDisposable
{
    /// <summary>The part that every kind has.</summary>
    public const string SecretPart = "secret";

    /// <summary>The credential's public id at its provider.</summary>
    public const string IdPart = "id";

    private readonly Dictionary<string, Secret> _parts = new(StringComparer.Ordinal);

    /// <summary>Takes ownership of <paramref name="secret"/>.</summary>
    public static CredentialParts Of(Secret secret, string? id = null)
    {
        CredentialParts parts = new();
        parts.Add(SecretPart, secret);
        if (id is not null)
        {
            parts.Add(IdPart, Secret.FromChars(id));
        }

        return parts;
    }

    /// <summary>The public id, if the parts carry one.</summary>
    public string? Id => _parts.TryGetValue(IdPart, out Secret? id) ? id.Reveal() : null;

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => _parts.Keys;

    /// <summary>One part.</summary>
    /// <exception cref="AfFaultException">This kind has no such part.</exception>
    public Secret this[string part] => _parts.TryGetValue(part, out Secret? secret) ? secret : throw new AfFaultException(
        FaultKind.InvalidArgument,
        FaultId.RotationInputInvalid,
        $"This kind of credential has no part '{part}'.",
        $"Use one of: {string.Join(", ", _parts.Keys)}, in the credential's variables.",
        part);

    /// <summary>Adds a part and takes ownership of it.</summary>
    public void Add(string part, Secret secret) => _parts[part] = secret;

    /// <summary>Lengths and UTF-8, for sealing; the caller wipes it.</summary>
    public byte[] Pack()
    {
        int size = _parts.Sum(pair => 8 + Encoding.UTF8.GetByteCount(pair.Key) + pair.Value.ByteCount);
        byte[] packed = GC.AllocateArray<byte>(size, pinned: true);
        int offset = 0;
        foreach ((string name, Secret secret) in _parts)
        {
            offset = Put(packed, offset, Encoding.UTF8.GetBytes(name));
            offset = secret.Use(value => Put(packed, offset, value));
        }

        return packed;
    }

    /// <summary>Reads <see cref="Pack"/> back.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.SlotUnreadable"/>.</exception>
    public static CredentialParts Unpack(ReadOnlySpan<byte> packed)
    {
        CredentialParts parts = new();
        try
        {
            while (!packed.IsEmpty)
            {
                string name = Encoding.UTF8.GetString(Take(ref packed));
                parts.Add(name, Secret.FromUtf8(Take(ref packed)));
            }

            return parts;
        }
        catch (ArgumentOutOfRangeException)
        {
            parts.Dispose();
            throw new AfFaultException(
                FaultKind.InvalidData, FaultId.SlotUnreadable, "The sealed value is not whole.", "Make a new value with Resume-AfEnvRotation -Regenerate.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Secret secret in _parts.Values)
        {
            secret.Dispose();
        }

        _parts.Clear();
    }

    private static int Put(byte[] target, int offset, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.AsSpan(offset), value.Length);
        value.CopyTo(target.AsSpan(offset + 4));
        return offset + 4 + value.Length;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> packed)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(packed);
        ReadOnlySpan<byte> value = packed.Slice(4, length);
        packed = packed[(4 + length)..];
        return value;
    }
}
