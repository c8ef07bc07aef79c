using System.Text;

namespace AgentFlow.Adapters.Tests.Vercel;

/// <summary>A long log that is made while it is read.</summary>
internal sealed class EndlessLog(int lines) : Stream
{
    private byte[] _line = [];
    private int _at;
    private int _made;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_at == _line.Length)
        {
            if (_made == lines)
            {
                return new(0);
            }

            _line = Encoding.UTF8.GetBytes(FormattableString.Invariant($$$"""{"type":"stdout","created":{{{1700000000000 + _made}}},"payload":{"text":"compiled module {{{_made}}}"}}{{{"\n"}}}"""));
            (_at, _made) = (0, _made + 1);
        }

        int count = Math.Min(buffer.Length, _line.Length - _at);
        _line.AsMemory(_at, count).CopyTo(buffer);
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
