namespace AgentFlow.Rls.Tenancy;

/// <summary>One condition of an active membership; all of them together make it active.</summary>
public sealed record ActiveRule(string Column, ActiveRuleKind Kind, string? Value = null);
