namespace AgentFlow.Safety.Redaction;

/// <summary>Takes a scanned text in order: what may pass, what is hidden, and each finding when its end is known.</summary>
internal abstract class StreamSink
{
    /// <summary>Bytes that hold no secret.</summary>
    public abstract void Text(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of a finding; a long one comes in pieces, before its <see cref="Found"/>.</summary>
    public abstract void Hidden(ReadOnlySpan<byte> bytes);

    /// <summary>The finding whose bytes were hidden since the last text or finding.</summary>
    public abstract void Found(Finding finding);

    /// <summary>A block is over; nothing has to be kept back.</summary>
    public virtual void BlockEnd()
    {
    }
}
