using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>What one run has found out; becomes the output record.</summary>
internal sealed class LeadNotes(CheckRun run, LeadTarget target, LeadKey key, string organizationId)
{
    private static readonly CheckOutcome[] s_worstFirst = [CheckOutcome.Fail, CheckOutcome.Error, CheckOutcome.Inconclusive, CheckOutcome.Warn, CheckOutcome.Pass];

    private readonly List<CheckResult> _checks = [];
    private readonly DateTimeOffset _startedAt = run.Time.GetUtcNow();
    private readonly long _start = run.Time.GetTimestamp();

    public LeadReceipt? Receipt { get; set; }

    public LeadSighting? Before { get; set; }

    public LeadSighting? After { get; set; }

    public TimeSpan? QualifiedAfter { get; set; }

    public long? VisibleToOthers { get; set; }

    public long RowsRemoved { get; set; }

    public long? RowsLeft { get; set; }

    public void Add(CheckResult result) => _checks.Add(result);

    public LeadQualification ToRecord(AfConfig config)
    {
        QualificationRow? qualification = After is null ? null : QualificationRule.Final(After, config.Lead) ?? (After.Qualifications is [QualificationRow first, ..] ? first : null);
        return new()
        {
            CorrelationId = key.CorrelationId,
            IdempotencyKey = key.IdempotencyKey,
            Repeated = key.Repeated,
            DeploymentId = target.DeploymentId,
            Origin = target.Origin,
            OrganizationId = organizationId,
            Outcome = s_worstFirst.Cast<CheckOutcome?>().FirstOrDefault(outcome => _checks.Any(check => check.Outcome == outcome)) ?? CheckOutcome.Skipped,
            IntakeStatus = Receipt?.Status,
            LeadId = After is { Leads.Count: > 0 } ? After.Leads[0].Id : null,
            QualificationId = qualification?.Id,
            QualificationState = qualification?.State,
            QualifiedAfter = QualifiedAfter,
            UsageBefore = Before?.Usage?.Value,
            UsageAfter = After?.Usage?.Value,
            AuditEvents = After?.Audits.Count ?? 0,
            Integrations = [.. (After?.Integrations ?? []).Select(row => $"{row.Name}: {row.State ?? "(empty)"}")],
            VisibleToOthers = VisibleToOthers,
            RowsRemoved = RowsRemoved,
            RowsLeft = RowsLeft,
            Checks = [.. _checks],
            StartedAt = _startedAt,
            Duration = run.Time.GetElapsedTime(_start),
        };
    }
}
