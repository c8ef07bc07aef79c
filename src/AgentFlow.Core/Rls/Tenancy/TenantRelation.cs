using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Tenancy;

/// <summary>A relation with rows of tenants and how a row names its tenant.</summary>
public sealed record TenantRelation
{
    public required RlsRelation Relation { get; init; }

    public required TenantPath Path { get; init; }

    /// <summary>The tenant column, or the path column of <see cref="TenantPath.Folder"/>; null for <see cref="TenantPath.Parent"/>.</summary>
    public RlsColumn? Column { get; init; }

    /// <summary>The tenant relation that the foreign key points to, for <see cref="TenantPath.Parent"/>.</summary>
    public TenantRelation? Parent { get; init; }

    /// <summary>Pairs of own column and parent column of that key.</summary>
    public IReadOnlyList<(string Own, string Target)> Link { get; init; } = [];

    /// <summary>Primary key columns; empty when the relation has none.</summary>
    public IReadOnlyList<RlsColumn> Key { get; init; } = [];

    /// <summary>Columns that name a user.</summary>
    public IReadOnlyList<RlsColumn> UserColumns { get; init; } = [];

    /// <summary>True for the table of memberships itself, in which users see their own rows.</summary>
    public bool IsMembership { get; init; }

    /// <summary>True for the table of tenants.</summary>
    public bool IsRoot { get; init; }

    /// <summary>A column whose text equals the caller's own e-mail address makes the row the caller's (invitations).</summary>
    public RlsColumn? EmailColumn { get; init; }

    public string FullName => Relation.FullName;
}
