namespace AgentFlow.Adapters.Tests.Vercel;

/// <summary>A body that arrives in pieces of a given size, cut anywhere, and can break at its end.</summary>
internal sealed class DrippingStream(byte[] body, int piece, Exception? end = null) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = Math.Min(Math.Min(piece, buffer.Length), body.Length - _at);
        if (count == 0 && end is not null)
        {
            throw end;
        }

        body.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return new(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
