namespace AgentFlow.Rls.Catalog;

/// <summary>The part of one database's catalog that decides who sees which row: read once, judged without the database.</summary>
public sealed record RlsCatalog
{
    /// <summary>The roles that requests of tenants and visitors run as, for example anon and authenticated.</summary>
    public required IReadOnlyList<string> ApiRoles { get; init; }

    public required IReadOnlyList<RlsRole> Roles { get; init; }

    public required IReadOnlyList<RlsSchema> Schemas { get; init; }

    public required IReadOnlyList<RlsRelation> Relations { get; init; }

    public required IReadOnlyList<RlsPolicy> Policies { get; init; }

    public required IReadOnlyList<RlsRoutine> Routines { get; init; }

    public required IReadOnlyList<RlsConstraint> Constraints { get; init; }

    public required IReadOnlyList<RlsIndex> Indexes { get; init; }

    public required IReadOnlyList<RlsTrigger> Triggers { get; init; }

    public required IReadOnlyList<RlsDefaultPrivilege> Defaults { get; init; }

    public required IReadOnlyList<RlsSequence> Sequences { get; init; }

    public required IReadOnlyList<RlsPublication> Publications { get; init; }
}
