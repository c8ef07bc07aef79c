using System.Collections.Immutable;

namespace AgentFlow.Rotation;

/// <summary>A rotation with what only the flow needs to know about it.</summary>
internal sealed record RotationView
{
    public required RotationRecord Record { get; init; }

    public required string PlanHash { get; init; }

    /// <summary>Outside writes whose outcome is not known.</summary>
    public ImmutableHashSet<string> OpenCalls { get; init; } = [];

    /// <summary>Outside writes that were begun at any time.</summary>
    public ImmutableHashSet<string> BegunCalls { get; init; } = [];

    public IReadOnlyList<string> KnownIds { get; init; } = [];

    /// <summary>First mint call of this generation.</summary>
    public DateTimeOffset? MintCalledAt { get; init; }

    /// <summary>Last mint call of any generation.</summary>
    public DateTimeOffset? LastMintCallAt { get; init; }

    /// <summary>Orphans removed in this generation.</summary>
    public int Attempt { get; init; }

    /// <summary>Ids made by earlier generations that may stand in lanes; removed with the old credential.</summary>
    public ImmutableHashSet<string> Superseded { get; init; } = [];

    /// <summary>Definite failures of the present step on the present value.</summary>
    public int Failures { get; init; }

    /// <summary>We keep finished builds from taking the domains.</summary>
    public bool DomainsHeld { get; init; }

    public string? LaneStamp { get; init; }

    public DateTimeOffset? StagedServerAt { get; init; }

    /// <summary>The same of the first value: every deployment made after it has a value of this rotation.</summary>
    public DateTimeOffset? FirstStagedServerAt { get; init; }

    /// <summary>What served when the last build began.</summary>
    public string? BuiltFromId { get; init; }

    public bool NoFingerprint { get; init; }

    public bool Attested { get; init; }

    public RotationState? UndoFrom { get; init; }

    /// <summary>Name of the slot with the new value.</summary>
    public string ValueSlot => $"{Record.RotationId}-g{Record.Generation}";

    /// <summary>Name of the slot with what the lanes held before, as far as it could be read.</summary>
    public string OldSlot => $"{Record.RotationId}-old";
}
