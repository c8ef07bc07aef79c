namespace AgentFlow;

/// <summary>What <c>Test-AfRls</c> is told about the tenancy and about production; whatever is not declared is discovered.</summary>
public sealed record RlsConfig
{
    /// <summary>The name that the database's marker (<c>agentflow_meta.environment</c>) must carry for probes: local, ci, test or staging.</summary>
    public string? ExpectedEnvironment { get; init; }

    /// <summary>Hosts that are production: no probe runs there, whatever a marker says.</summary>
    public IReadOnlyList<string> ProductionHosts { get; init; } = [];

    /// <summary><c>system_identifier</c> of production (<c>select system_identifier from pg_control_system()</c>): a physical copy keeps it.</summary>
    public IReadOnlyList<string> ProductionSystemIds { get; init; } = [];

    /// <summary>Database roles that requests run as; anon and authenticated, or what the policies name, by default.</summary>
    public IReadOnlyList<string> ApiRoles { get; init; } = [];

    /// <summary><c>schema.table</c> of the tenants.</summary>
    public string? RootTable { get; init; }

    /// <summary><c>schema.table</c> that says which user belongs to which tenant.</summary>
    public string? MembershipTable { get; init; }

    public string? TenantColumn { get; init; }

    public string? UserColumn { get; init; }

    public string? RoleColumn { get; init; }

    /// <summary>Column of the membership that must hold <see cref="ActiveValue"/>; an empty name says that every membership counts.</summary>
    public string? StatusColumn { get; init; }

    public string? ActiveValue { get; init; }

    /// <summary>Tenant column per <c>schema.table</c> where it is not the usual one; an empty name says that the table is global.</summary>
    public IReadOnlyDictionary<string, string> TenantColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>The most row evaluations of exact mode; above it a table is sampled by witnesses.</summary>
    public long RowBudget { get; init; } = 50_000_000;
}
