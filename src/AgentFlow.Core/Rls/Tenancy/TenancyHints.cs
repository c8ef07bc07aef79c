using AgentFlow.Rls.Spec;

namespace AgentFlow.Rls.Tenancy;

/// <summary>What the operator or a spec declares about the tenancy; everything null is discovered.</summary>
public sealed record TenancyHints
{
    /// <summary><c>schema.table</c> of the memberships.</summary>
    public string? MembershipTable { get; init; }

    public string? MembershipTenantColumn { get; init; }

    public string? MembershipUserColumn { get; init; }

    public string? MembershipRoleColumn { get; init; }

    /// <summary>Declared conditions; null means discover, empty means none.</summary>
    public IReadOnlyList<ActiveRule>? Active { get; init; }

    /// <summary><c>schema.table</c> of the tenants.</summary>
    public string? RootTable { get; init; }

    /// <summary>Tenant column per <c>schema.table</c>; an empty name says that the table holds nothing of a tenant.</summary>
    public IReadOnlyDictionary<string, string> TenantColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Names preferred when there is a choice, from the config.</summary>
    public IReadOnlyList<string> PreferredNames { get; init; } = [];

    /// <summary>What a config and a spec declare; the spec, learned from a database, is the more exact.</summary>
    public static TenancyHints From(AfConfig config, RlsSpec? spec)
    {
        ArgumentNullException.ThrowIfNull(config);
        RlsConfig rls = config.Rls;
        IReadOnlyList<ActiveRule>? active = rls.StatusColumn switch
        {
            null => null,
            "" => [],
            { } column => [rls.ActiveValue is { } value ? new(column, ActiveRuleKind.Equal, value) : new(column, ActiveRuleKind.True)],
        };
        Dictionary<string, string> columns = new(spec?.TenantColumns ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (string global in spec?.GlobalTables ?? [])
        {
            columns[global] = string.Empty;
        }

        foreach ((string table, string column) in rls.TenantColumns)
        {
            columns[table] = column;
        }

        return new()
        {
            MembershipTable = rls.MembershipTable ?? spec?.Membership?.Table,
            MembershipTenantColumn = rls.TenantColumn ?? spec?.Membership?.TenantColumn,
            MembershipUserColumn = rls.UserColumn ?? spec?.Membership?.UserColumn,
            MembershipRoleColumn = rls.RoleColumn ?? spec?.Membership?.RoleColumn,
            Active = active ?? spec?.Membership?.Active,
            RootTable = rls.RootTable ?? spec?.RootTable,
            TenantColumns = columns,
            PreferredNames = [config.Tables.TenantColumn],
        };
    }
}
