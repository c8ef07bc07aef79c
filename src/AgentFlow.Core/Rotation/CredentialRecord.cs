namespace AgentFlow;

/// <summary>One line of the inventory of credentials.</summary>
public sealed record CredentialRecord
{
    public required string Name { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <summary>The variables that carry it.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Every lane that holds it now.</summary>
    public required IReadOnlyList<RotationLane> Lanes { get; init; }

    /// <summary>When the oldest lane was last written; null when a variable does not exist.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Days since; null when unknown.</summary>
    public int? AgeDays { get; init; }

    /// <summary>When it should be rotated; null when the config sets no age.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool Overdue { get; init; }

    /// <summary>Other variables whose value is the same, found by keyed fingerprint where values can be read, and those that the config declares.</summary>
    public IReadOnlyList<string> SharedWith { get; init; } = [];

    /// <summary>False when some lane cannot be read back, so that sharing cannot be seen there.</summary>
    public bool Readable { get; init; }

    /// <summary>State of its last rotation; null when there was none.</summary>
    public RotationState? LastRotation { get; init; }

    /// <summary>What is wrong or weak: a legacy key, an unreadable lane, no rotation yet; null when nothing is.</summary>
    public string? Warning { get; init; }
}
