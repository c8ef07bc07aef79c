namespace AgentFlow.TestKit;

/// <summary>Gives bytes in reads of uneven sizes up to a limit, as a socket does.</summary>
public sealed class ChoppedStream(byte[] bytes, int limit) : Stream
{
    private int _at;
    private int _turn;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int size = limit == int.MaxValue ? count : 1 + (int)((uint)(_turn++ * 7919) % (uint)limit);
        int read = Math.Min(Math.Min(count, size), bytes.Length - _at);
        Array.Copy(bytes, _at, buffer, offset, read);
        _at += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
