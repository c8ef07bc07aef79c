namespace AgentFlow.Rls.Catalog;

/// <summary>One entry of an access list; <c>PUBLIC</c> stands for everybody.</summary>
public sealed record RlsGrantEntry(string Grantee, string Privilege, bool Grantable);
