namespace AgentFlow.Rls.Access;

/// <summary>The row in which a database says which environment it is.</summary>
public sealed record RlsMarker(string Name, bool ProbeAllowed);
