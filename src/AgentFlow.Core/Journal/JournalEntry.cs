namespace AgentFlow;

/// <summary>One line of the append-only record. It never holds a secret value.</summary>
public sealed record JournalEntry
{
    /// <summary>The chain that the entry belongs to, for example <c>rotation/stripe-webhook</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>Position in the stream, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was written, UTC, to the microsecond.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who wrote it: user and machine.</summary>
    public required string Actor { get; init; }

    /// <summary>What it says, for example <c>step.intent</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about, for example a rotation id.</summary>
    public required string Subject { get; init; }

    /// <summary>The facts, one canonical JSON object (RFC 8785).</summary>
    public required string Data { get; init; }

    /// <summary>Hash of the entry before it; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over the chain's name, the previous hash and the canonical entry; lower-case hex.</summary>
    public required string Hash { get; init; }
}
