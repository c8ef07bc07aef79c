namespace AgentFlow.Rls.Catalog;

/// <summary>A table in a publication; no columns means all.</summary>
public sealed record RlsPublishedTable(long Relation, IReadOnlyList<int> Columns);
