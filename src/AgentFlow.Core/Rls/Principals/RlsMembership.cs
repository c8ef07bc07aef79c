namespace AgentFlow.Rls.Principals;

/// <summary>One membership of a principal, all as text.</summary>
public sealed record RlsMembership(string Tenant, string? Role, bool Active, string? State);
