namespace AgentFlow.Rls.Fixtures;

/// <summary>Two tenants with users in every state of membership and a row per tenant table, made for tests in a non-production database.</summary>
public sealed record TenantFixture
{
    /// <summary>The name under which it is registered.</summary>
    public required string Name { get; init; }

    public required FixtureState State { get; init; }

    /// <summary><c>host:port/database</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The name in the database's marker.</summary>
    public string? Environment { get; init; }

    public IReadOnlyList<FixtureTenant> Tenants { get; init; } = [];

    public IReadOnlyList<FixtureUser> Users { get; init; } = [];

    /// <summary>Per table the rows, or why there is none.</summary>
    public IReadOnlyList<FixtureTable> Tables { get; init; } = [];

    /// <summary>All rows.</summary>
    public int RowCount => Tables.Sum(table => table.Rows);
}
