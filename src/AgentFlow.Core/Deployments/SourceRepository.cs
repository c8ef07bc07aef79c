namespace AgentFlow;

/// <summary>A repository as its host describes it.</summary>
public sealed record SourceRepository
{
    /// <summary>GitHub's numeric id, which survives renames and transfers; the pin.</summary>
    public required long Id { get; init; }

    /// <summary>Owner now.</summary>
    public required string Owner { get; init; }

    /// <summary>Name now.</summary>
    public required string Name { get; init; }

    /// <summary>The branch that clones start with.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Whether the public cannot see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether it takes no more commits.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether the credential may push to it; null when not said.</summary>
    public bool? CanPush { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Owner}/{Name}";
}
