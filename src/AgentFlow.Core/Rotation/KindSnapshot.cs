namespace AgentFlow.Rotation;

/// <summary>What a kind saw before anything is changed.</summary>
public sealed record KindSnapshot
{
    /// <summary>Public id of the credential in use; null when there is nothing that could be revoked.</summary>
    public string? OldId { get; init; }

    /// <summary>Ids that exist already, so that a later one can be told from them.</summary>
    public IReadOnlyList<string> KnownIds { get; init; } = [];

    /// <summary>What the plan depends on; part of its hash.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    public IReadOnlyList<RotationBlocker> Blockers { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}
