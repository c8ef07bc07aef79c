using AgentFlow.Safety;

namespace AgentFlow.Rotation;

/// <summary>For which rotation a credential is made.</summary>
public sealed record MintOrder
{
    public required CredentialConfig Config { get; init; }

    public required string RotationId { get; init; }

    public required int Generation { get; init; }

    /// <summary>Counts the orphans that were removed in this generation, so that a provider does not answer with one of them.</summary>
    public required int Attempt { get; init; }

    public string? OldId { get; init; }

    /// <summary>Ids that existed before the rotation.</summary>
    public IReadOnlyList<string> KnownIds { get; init; } = [];

    /// <summary>When the rotation began; what the provider made earlier is not ours.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the first call that could have made the credential was sent; null when none was.</summary>
    public DateTimeOffset? FirstCallAt { get; init; }

    /// <summary>When the last such call was sent, in any generation; null when none was.</summary>
    public DateTimeOffset? LastCallAt { get; init; }

    /// <summary>What the operator gave.</summary>
    public Secret? Provided { get; init; }

    /// <summary>A key under which the provider repeats its first answer.</summary>
    public string IdempotencyKey => $"{RotationId}-g{Generation}-a{Attempt}";
}
