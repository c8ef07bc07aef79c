using System.Text;
using AgentFlow.Operator;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>Strings of a pipeline as one text that is searched piece by piece; pieces overlap, so that nothing at a seam is missed or told twice.</summary>
internal sealed class TextFeed : IDisposable
{
    private const int Piece = 256 * 1024;
    private const int Overlap = 48 * 1024;

    // What begins later than this before the end of a piece is left to the next one, which sees more of it.
    private const int Ahead = 40 * 1024;

    private byte[] _buffer = new byte[Piece + 4096];
    private int _length;
    private int _told;
    private long _lines;

    /// <summary>Takes a string; false when it is time to search.</summary>
    public bool Append(string text)
    {
        int needed = _length + Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        if (needed > _buffer.Length)
        {
            byte[] larger = new byte[Math.Max(needed, _buffer.Length * 2)];
            _buffer.AsSpan(0, _length).CopyTo(larger);
            _buffer.AsSpan(0, _length).Clear();
            _buffer = larger;
        }

        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        _buffer[_length++] = (byte)'\n';
        return _length < Piece;
    }

    /// <summary>Searches what is there; with <paramref name="last"/> to its end.</summary>
    public async Task SearchAsync(SecretScan scan, bool last, IOperatorSink sink, CancellationToken cancellationToken)
    {
        int until = last ? _length : Math.Max(_told, _length - Ahead);
        using MemoryStream text = new(_buffer, 0, _length, writable: false);
        await scan.StringsAsync(text, _lines, _told..until, sink, cancellationToken).ConfigureAwait(false);
        int start = Math.Max(0, until - (Overlap - Ahead));
        int cut = _buffer.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
        _lines += _buffer.AsSpan(0, cut).Count((byte)'\n');
        _buffer.AsSpan(cut.._length).CopyTo(_buffer);
        _buffer.AsSpan((_length - cut).._length).Clear();
        _length -= cut;
        _told = until - cut;
    }

    public void Dispose() => Array.Clear(_buffer);
}
