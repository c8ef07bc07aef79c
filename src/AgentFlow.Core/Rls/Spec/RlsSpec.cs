namespace AgentFlow.Rls.Spec;

/// <summary>The declared expectations of one application, learned from a database known to be good and reviewed by people.</summary>
public sealed record RlsSpec
{
    /// <summary>Format of the file.</summary>
    public int Version { get; init; } = 1;

    public RlsMembershipSpec? Membership { get; init; }

    /// <summary><c>schema.table</c> of the tenants.</summary>
    public string? RootTable { get; init; }

    /// <summary>Tenant column per <c>schema.table</c>.</summary>
    public IReadOnlyDictionary<string, string> TenantColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>How tables without a tenant column name their tenant, in words: <c>folder of name</c>, <c>public.invoices by invoice_id</c>.</summary>
    public IReadOnlyDictionary<string, string> TenantPaths { get; init; } = new Dictionary<string, string>();

    /// <summary>Tables without rows of tenants, <c>schema.table</c>.</summary>
    public IReadOnlyList<string> GlobalTables { get; init; } = [];

    /// <summary>Tables that only the platform writes.</summary>
    public IReadOnlyList<string> SystemOwned { get; init; } = [];

    /// <summary>Columns that no API role may read, <c>schema.table.column</c>.</summary>
    public IReadOnlyList<string> SecretColumns { get; init; } = [];

    /// <summary>Tables of which tenants are meant to see rows of others.</summary>
    public IReadOnlyList<string> SharedTables { get; init; } = [];

    /// <summary>SHA-256 of every SECURITY DEFINER routine without its comments and layout, by signature.</summary>
    public IReadOnlyDictionary<string, string> Routines { get; init; } = new Dictionary<string, string>();

    /// <summary>What each API role holds, by <c>schema.table</c>: <c>authenticated SELECT</c>, <c>authenticated UPDATE (name)</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Grants { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What each membership role may do in its own tenant.</summary>
    public IReadOnlyList<RlsMatrixEntry> Matrix { get; init; } = [];

    /// <summary>Findings that people have accepted, with an end.</summary>
    public IReadOnlyList<RlsSuppression> Suppressions { get; init; } = [];

    /// <summary>True when the learned database had the relation.</summary>
    public bool Knows(string relation) => TenantColumns.ContainsKey(relation) || TenantPaths.ContainsKey(relation) || GlobalTables.Contains(relation);
}
