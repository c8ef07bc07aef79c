namespace AgentFlow;

/// <summary>One file that was copied without its secrets. It holds counts, never a value.</summary>
public sealed record ProtectedFile
{
    /// <summary>Full path of the file that was read.</summary>
    public required string Source { get; init; }

    /// <summary>Full path of the redacted copy.</summary>
    public required string Destination { get; init; }

    /// <summary>Encoding of both, found by byte-order mark; <c>utf-8</c> also for single-byte encodings, whose bytes pass as they are.</summary>
    public required string Encoding { get; init; }

    /// <summary>Bytes read.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Bytes written.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>Placeholders written.</summary>
    public required long Total { get; init; }

    /// <summary>Placeholders per rule name; <c>error</c> counts parts that were blanked because they could not be scanned.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }
}
