using System.Security.Cryptography;
using System.Text;

namespace AgentFlow.Safety;

/// <summary>
/// A secret value in memory. It prints as <c>***</c>, has no public value property, does not serialise and is wiped on disposal.
/// Adapters read it through <see cref="Use{T}"/> at the moment of the call.
/// </summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _utf8;
    private bool _disposed;

    private Secret(byte[] utf8) => _utf8 = utf8;

    /// <summary>Length in UTF-8 bytes; 0 for an empty secret.</summary>
    public int ByteCount => _utf8.Length;

    /// <summary>Copies the characters; the caller still owns and clears its own buffer.</summary>
    public static Secret FromChars(ReadOnlySpan<char> value)
    {
        byte[] utf8 = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(value), pinned: true);
        Encoding.UTF8.GetBytes(value, utf8);
        return new(utf8);
    }

    /// <summary>Copies UTF-8 bytes; the caller still owns and clears its own buffer.</summary>
    public static Secret FromUtf8(ReadOnlySpan<byte> value)
    {
        byte[] utf8 = GC.AllocateArray<byte>(value.Length, pinned: true);
        value.CopyTo(utf8);
        return new(utf8);
    }

    /// <summary>Lends the UTF-8 bytes for the time of one call.</summary>
    public T Use<T>(Func<ReadOnlySpan<byte>, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return read(_utf8);
    }

    /// <summary>True when both hold the same bytes; takes the same time whether they do or not.</summary>
    public bool Matches(Secret other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ObjectDisposedException.ThrowIf(_disposed || other._disposed, this);
        return CryptographicOperations.FixedTimeEquals(_utf8, other._utf8);
    }

    /// <summary>Materialises the text for an SDK that takes nothing else; keep it in a local.</summary>
    public string Reveal()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Encoding.UTF8.GetString(_utf8);
    }

    /// <inheritdoc/>
    public override string ToString() => "***";

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_utf8);
        _disposed = true;
    }
}
