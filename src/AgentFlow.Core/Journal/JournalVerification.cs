namespace AgentFlow;

/// <summary>What a walk over one stream found. Tamper-evident, not proof: who can rewrite the whole store can rewrite all of it but the anchors.</summary>
public sealed record JournalVerification
{
    public required string Stream { get; init; }

    /// <summary>True when every entry agrees with its hash, its predecessor and the anchors.</summary>
    public required bool Valid { get; init; }

    /// <summary>Entries that were read.</summary>
    public required long EntryCount { get; init; }

    /// <summary>Anchors that were compared.</summary>
    public required int AnchorCount { get; init; }

    /// <summary>Sequence of the first entry that does not agree; null when valid.</summary>
    public long? FirstBadSequence { get; init; }

    /// <summary>One sentence; always set.</summary>
    public required string Reason { get; init; }

    /// <summary>Head of the good part; null for an empty stream.</summary>
    public JournalHead? Head { get; init; }
}
