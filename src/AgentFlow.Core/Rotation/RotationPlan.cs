namespace AgentFlow;

/// <summary>What a rotation would do, computed from reads alone. Review it, keep it, and give it to <c>Invoke-AfEnvRotation -Plan</c>.</summary>
public sealed record RotationPlan
{
    public required string Credential { get; init; }

    public required CredentialKind Kind { get; init; }

    public required bool Compromised { get; init; }

    /// <summary>SHA-256 over everything that the plan was computed from; another hash means that the plan is stale.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>Public id of the credential that will be replaced; null when the provider does not tell.</summary>
    public string? OldId { get; init; }

    /// <summary>The deployment that serves production.</summary>
    public required string ServingDeploymentId { get; init; }

    public required IReadOnlyList<RotationLane> Lanes { get; init; }

    /// <summary>What happens, in order, one sentence each.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>What stands in the way now; a plan with a blocking one is refused.</summary>
    public required IReadOnlyList<RotationBlocker> Blockers { get; init; }

    /// <summary>What the operator should know: weaker proof, downtime, a manual step.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
