namespace AgentFlow.Rls.Catalog;

/// <summary>What objects made later will grant: objectType r table, S sequence, f routine, T type, n schema.</summary>
public sealed record RlsDefaultPrivilege(string Owner, string? Schema, string ObjectType, string Grantee, string Privilege);
