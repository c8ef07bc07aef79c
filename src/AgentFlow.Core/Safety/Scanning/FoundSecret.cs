namespace AgentFlow;

/// <summary>Where a secret was found. It never holds the value.</summary>
public sealed record FoundSecret
{
    /// <summary>Name of the rule, as in a placeholder.</summary>
    public required string Rule { get; init; }

    /// <summary>Token, Structured, Pii or Known.</summary>
    public required Safety.RedactionClass Class { get; init; }

    /// <summary>Full path of the file; in a history the path within the repository; null for strings and commit messages.</summary>
    public string? Path { get; init; }

    /// <summary>Line of its first character, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Column of its first character, in characters, from 1.</summary>
    public required long Column { get; init; }

    /// <summary>Bytes of the secret as it stands there.</summary>
    public required long Length { get; init; }

    /// <summary>The same for equal values under one key; nothing of the value can be told from it without the key.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Commit that brought it into this path; null outside a history.</summary>
    public string? Commit { get; init; }

    /// <summary>Name of the commit's author.</summary>
    public string? Author { get; init; }

    /// <summary>When the commit was written (UTC).</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>Whether the check characters of a GitHub or npm token fit: one with wrong ones was never issued. Null for values without.</summary>
    public bool? ChecksumHolds { get; init; }

    /// <summary>What the issuing provider said, when it was asked.</summary>
    public SecretLiveness Liveness { get; init; }

    /// <summary>Why it is reported although it stands in the baseline, or that it was accepted just now.</summary>
    public string? Note { get; init; }

    /// <summary>The place in one word: <c>path:line:column</c>, shortened to the folder that was asked for.</summary>
    public required string Place { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Rule} at {Place}";
}
