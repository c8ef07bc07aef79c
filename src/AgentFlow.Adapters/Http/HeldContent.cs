using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace AgentFlow.Adapters.Http;

/// <summary>A body in memory, wiped when its response is disposed: answers about variables may hold values that no record takes.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly byte[] _bytes;
    private readonly int _length;

    public HeldContent(byte[] bytes, int length, MediaTypeHeaderValue? type)
    {
        _bytes = bytes;
        _length = length;
        Headers.ContentType = type;
    }

    /// <summary>The body; valid until the response is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes, 0, _length);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(_bytes, 0, _length, writable: false));

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_bytes);
        base.Dispose(disposing);
    }
}
