namespace AgentFlow.Rls.Catalog;

/// <summary>An argument or a result column of a routine; the name may be empty.</summary>
public sealed record RlsArgument(string Name, string Type);
