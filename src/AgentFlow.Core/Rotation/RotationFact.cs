namespace AgentFlow.Rotation;

/// <summary>The data of one journal entry of a rotation; only what the entry says is set. There is no member that could hold a value.</summary>
internal sealed record RotationFact
{
    public string? Credential { get; init; }

    public CredentialKind? Kind { get; init; }

    public bool? Compromised { get; init; }

    public string? PlanHash { get; init; }

    public RotationState? State { get; init; }

    public RotationState? ResumeState { get; init; }

    public RotationHold? Hold { get; init; }

    /// <summary>An outside write: <c>mint</c>, <c>stage</c>, ….</summary>
    public string? Call { get; init; }

    /// <summary>What the call is about: an id.</summary>
    public string? Target { get; init; }

    public string? Step { get; init; }

    public string? FaultId { get; init; }

    public string? Message { get; init; }

    public int? Generation { get; init; }

    public string? OldId { get; init; }

    public string? NewId { get; init; }

    public IReadOnlyList<string>? KnownIds { get; init; }

    public IReadOnlyList<RotationLane>? Lanes { get; init; }

    public string? DeploymentId { get; init; }

    public string? PreviousDeploymentId { get; init; }

    /// <summary>What served when the build began.</summary>
    public string? BuiltFromId { get; init; }

    public string? LaneStamp { get; init; }

    /// <summary>The newest lane's time by the platform's clock.</summary>
    public DateTimeOffset? StagedServerAt { get; init; }

    public ProofLevel? Proof { get; init; }

    public string? ProofNote { get; init; }

    /// <summary>The application has no fingerprint route, so L2 is all that can be shown.</summary>
    public bool? NoFingerprint { get; init; }

    public bool? Attested { get; init; }

    public string? Evidence { get; init; }

    public IReadOnlyList<string>? Leftovers { get; init; }

    public RotationState? UndoFrom { get; init; }
}
