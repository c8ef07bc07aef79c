namespace AgentFlow.Safety;

/// <summary>What one pass over a stream did. It holds counts, never a value.</summary>
public sealed record RedactionReport
{
    /// <summary>Bytes read, in the input's own encoding.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Bytes written, in the same encoding.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>Placeholders written, per rule name; <c>error</c> counts parts that were blanked because scanning them failed.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>All placeholders written.</summary>
    public required long Total { get; init; }

    /// <summary>Name of the input's encoding as found by its byte-order mark; <c>utf-8</c> without one.</summary>
    public required string Encoding { get; init; }
}
