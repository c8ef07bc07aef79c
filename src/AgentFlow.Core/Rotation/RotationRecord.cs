namespace AgentFlow;

/// <summary>One rotation as its journal tells it.</summary>
public sealed record RotationRecord
{
    /// <summary><c>rot_</c> and 20 characters.</summary>
    public required string RotationId { get; init; }

    /// <summary>The credential's name in the config.</summary>
    public required string Credential { get; init; }

    public required CredentialKind Kind { get; init; }

    public required RotationState State { get; init; }

    /// <summary>The state in which a held rotation goes on; otherwise the state.</summary>
    public required RotationState ResumeState { get; init; }

    public RotationHold? Hold { get; init; }

    /// <summary>What stands in the way of the next step, as last evaluated by the command that returned this record.</summary>
    public IReadOnlyList<RotationBlocker> Blockers { get; init; } = [];

    public ProofLevel Proof { get; init; } = ProofLevel.None;

    /// <summary>Why the proof ends where it does.</summary>
    public string? ProofNote { get; init; }

    public bool Compromised { get; init; }

    /// <summary>Counts the values made: 1 for the first.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Public id of the old credential at its provider.</summary>
    public string? OldId { get; init; }

    /// <summary>Public id of the new credential at its provider.</summary>
    public string? NewId { get; init; }

    /// <summary>The deployment that was built with the new value.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The deployment that served production before.</summary>
    public string? PreviousDeploymentId { get; init; }

    public IReadOnlyList<RotationLane> Lanes { get; init; } = [];

    /// <summary>What is left behind outside, as ids; filled when a rotation is given up or undone in part.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StagedAt { get; init; }

    public DateTimeOffset? PromotedAt { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }

    public DateTimeOffset? QuiescedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who wrote the last entry.</summary>
    public required string Actor { get; init; }

    /// <summary>Position of the last entry in the credential's stream.</summary>
    public required long Sequence { get; init; }

    /// <summary>True once nothing more will happen.</summary>
    public bool IsEnded => State is RotationState.Closed or RotationState.Undone or RotationState.Abandoned;
}
