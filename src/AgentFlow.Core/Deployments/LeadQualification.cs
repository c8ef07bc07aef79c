namespace AgentFlow;

/// <summary>What became of one synthetic lead, from intake to removal.</summary>
public sealed record LeadQualification
{
    /// <summary>Tags every row of this lead.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Sent as <c>Idempotency-Key</c>; the same for every run within a minute.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>True when an earlier run of the last minute used the key already.</summary>
    public bool Repeated { get; init; }

    /// <summary>The deployment that took it.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The origin it was sent to.</summary>
    public required Uri Origin { get; init; }

    /// <summary>The test tenant.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The worst outcome of all its checks: Fail, Error, Inconclusive, Warn, Pass; Skipped when none of them ran.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>Status that the intake answered; null without an answer.</summary>
    public int? IntakeStatus { get; init; }

    /// <summary>Id of the lead row; null when it was not seen.</summary>
    public string? LeadId { get; init; }

    /// <summary>Id of the qualification row; null when it was not seen.</summary>
    public string? QualificationId { get; init; }

    /// <summary>State of the qualification when it was last seen.</summary>
    public string? QualificationState { get; init; }

    /// <summary>From the intake's answer to the final state; null when that was not reached.</summary>
    public TimeSpan? QualifiedAfter { get; init; }

    /// <summary>The usage counter before; null when not readable.</summary>
    public decimal? UsageBefore { get; init; }

    /// <summary>The usage counter after. It is not put back: the app owns it, and writing it could race with the app.</summary>
    public decimal? UsageAfter { get; init; }

    /// <summary>Audit events about the lead.</summary>
    public int AuditEvents { get; init; }

    /// <summary>Integrations and their states as <c>name: state</c>.</summary>
    public IReadOnlyList<string> Integrations { get; init; } = [];

    /// <summary>Rows that another tenant could see; null when that could not be tried.</summary>
    public long? VisibleToOthers { get; init; }

    /// <summary>Rows removed at the end.</summary>
    public long RowsRemoved { get; init; }

    /// <summary>Rows of the lead that are still there; null when that is not known.</summary>
    public long? RowsLeft { get; init; }

    /// <summary>Every check of the run, in the order of their ends.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>When it started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, removal included.</summary>
    public TimeSpan Duration { get; init; }
}
