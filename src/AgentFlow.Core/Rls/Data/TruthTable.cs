using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Data;

/// <summary>How many rows each tenant has in one relation, as the login counts them.</summary>
public sealed record TruthTable
{
    /// <summary>The most tenants that are kept by name; more are only counted.</summary>
    public const int MostTenants = 5000;

    public required TenantRelation Relation { get; init; }

    /// <summary>Rows by tenant.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>();

    /// <summary>Rows without a tenant.</summary>
    public long WithoutTenant { get; init; }

    /// <summary>Rows whose tenant is not in the table of tenants.</summary>
    public long Orphans { get; init; }

    /// <summary>One tenant that does not exist.</summary>
    public string? OrphanTenant { get; init; }

    /// <summary>All rows.</summary>
    public long Total { get; init; }

    /// <summary>True when every row was counted; false for a sample by tenant.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>Why the rows could not be counted; null when they were.</summary>
    public string? Error { get; init; }

    /// <summary>Rows of one tenant.</summary>
    public long Of(string tenant) => Rows.GetValueOrDefault(tenant);
}
