namespace AgentFlow.Rls.Guard;

/// <summary>Whether probes may run, why, and what would change a refusal.</summary>
public sealed record RlsGuardVerdict(bool Allowed, string Reason, string? Fix);
