namespace AgentFlow.Deployments.Lead;

/// <summary>The identity of one synthetic lead.</summary>
/// <param name="IdempotencyKey">A UUID; sent as <c>Idempotency-Key</c>.</param>
/// <param name="CorrelationId"><c>af-verify-…</c> of the same UUID; tags every row.</param>
/// <param name="FirstUsed">When the first run that used it began (UTC).</param>
public sealed record LeadKey(string IdempotencyKey, string CorrelationId, DateTimeOffset FirstUsed)
{
    /// <summary>True when an earlier run of this session used it.</summary>
    public bool Repeated { get; init; }
}
