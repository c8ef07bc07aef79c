namespace AgentFlow.Rls.Catalog;

/// <summary>One database role with everything that it can become.</summary>
public sealed record RlsRole
{
    public required string Name { get; init; }

    public bool IsSuperuser { get; init; }

    public bool Inherits { get; init; }

    public bool CreatesRoles { get; init; }

    public bool CreatesDatabases { get; init; }

    public bool CanLogin { get; init; }

    public bool Replicates { get; init; }

    public bool BypassesRls { get; init; }

    /// <summary>Every role that it is a member of, directly or through others.</summary>
    public IReadOnlyList<string> MemberOf { get; init; } = [];
}
