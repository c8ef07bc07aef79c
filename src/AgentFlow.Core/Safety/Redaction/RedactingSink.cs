using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>Writes the text with a placeholder for each finding, a block at a time.</summary>
internal sealed class RedactingSink(Stream output, int block) : StreamSink
{
    private readonly ArrayBufferWriter<byte> _pending = new(block);

    /// <summary>UTF-8 bytes written.</summary>
    public long BytesWritten { get; private set; }

    public override void Text(ReadOnlySpan<byte> bytes) => _pending.Write(bytes);

    public override void Hidden(ReadOnlySpan<byte> bytes)
    {
    }

    public override void Found(Finding finding) => _pending.Advance(Placeholder.Write(finding, _pending.GetSpan(Placeholder.MaxLength + 16)));

    public override void BlockEnd()
    {
        output.Write(_pending.WrittenSpan);
        BytesWritten += _pending.WrittenCount;
        _pending.ResetWrittenCount();
    }
}
