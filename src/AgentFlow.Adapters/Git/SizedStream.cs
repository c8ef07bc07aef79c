namespace AgentFlow.Adapters.Git;

/// <summary>The next bytes of a longer stream. It does not own the stream.</summary>
internal sealed class SizedStream(Stream whole, long size) : Stream
{
    private readonly long _size = size;
    private long _left = size;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _size;

    public override long Position
    {
        get => _size - _left;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads on to the end.</summary>
    public void Drain()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (_left > 0)
        {
            _ = Read(buffer);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        int read = whole.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= read;

        // A piece must not pass for the whole.
        return read > 0 ? read : throw GitProcess.Failed("cat-file", 0, "it ended before its time");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
