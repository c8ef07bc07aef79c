namespace AgentFlow.Rls.Catalog;

/// <summary>A rewrite rule other than the one that makes a view.</summary>
public sealed record RlsRule(string Name, string Definition);
