namespace AgentFlow;

/// <summary>The last entry of a stream. Kept outside the store it is an anchor: a later rewrite or truncation no longer agrees with it.</summary>
public sealed record JournalHead
{
    public required string Stream { get; init; }

    /// <summary>Sequence of the entry, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
