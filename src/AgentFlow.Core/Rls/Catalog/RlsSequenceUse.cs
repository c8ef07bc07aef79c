namespace AgentFlow.Rls.Catalog;

/// <summary>A column whose default takes from a sequence.</summary>
public sealed record RlsSequenceUse(long Relation, int Column);
