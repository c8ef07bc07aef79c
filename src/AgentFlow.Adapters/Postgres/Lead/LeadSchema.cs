using AgentFlow.Adapters.Store;
using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>The tables of the lead procedure as they are in this database: which columns exist, of which type, readable or not.</summary>
internal sealed class LeadSchema
{
    public const string Id = "id";
    public const string Tenant = "tenant";
    public const string Lead = "lead";
    public const string Correlation = "correlation";

    private readonly Dictionary<(string Part, string Column), (string? Type, bool IsReadable)> _found = [];

    private LeadSchema(AfConfig config)
    {
        (string tenant, string lead) = (config.Tables.TenantColumn, config.Lead.LeadColumn);
        Leads = Table("leads", config.Tables.Leads, (Id, "id"), (Tenant, tenant), (Correlation, config.Lead.CorrelationColumn), (Lead, "id"));
        Qualifications = Table(LeadPart.Qualifications, config.Tables.Qualifications, (Id, "id"), (Tenant, tenant), (Lead, lead), ("status", config.Lead.StatusColumn));
        Audits = Table(LeadPart.Audit, config.Tables.AuditEvents, (Id, "id"), (Tenant, tenant), (Lead, lead), ("actor", config.Lead.ActorColumn));
        Usage = Table(LeadPart.Usage, config.Tables.UsageCounters, (Tenant, tenant), ("metric", "metric"), ("value", config.Lead.UsageColumn));
        UsageOfLead = Table("usage of the lead", config.Tables.UsageCounters, (Lead, lead));
        Integrations = Table(LeadPart.Integrations, config.Lead.IntegrationTable, (Id, "id"), (Lead, lead), ("integration", "integration"), ("status", "status"));
        TenantIntegrations = Table("integrations of the tenant", config.Lead.TenantIntegrationTable, (Tenant, tenant), ("provider", "provider"), ("enabled", "enabled"));
        Memberships = Table("memberships", config.Tables.Memberships, (Tenant, tenant), ("user_id", "user_id"), ("status", "status"));
    }

    public LeadTable Leads { get; }

    public LeadTable Qualifications { get; }

    public LeadTable Audits { get; }

    public LeadTable Usage { get; }

    /// <summary>The usage table again, where each row says to which lead it belongs.</summary>
    public LeadTable UsageOfLead { get; }

    public LeadTable Integrations { get; }

    public LeadTable TenantIntegrations { get; }

    public LeadTable Memberships { get; }

    /// <summary>Reads what is there.</summary>
    /// <exception cref="AfFaultException">AfDatabaseObjectMissing or AfDatabasePermissionDenied: leads cannot be read as configured.</exception>
    public static async Task<LeadSchema> ReadAsync(AfConfig config, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        LeadSchema schema = new(config);
        (LeadTable Table, string Column)[] wanted = [.. schema.All.SelectMany(table => table.Columns.Keys.Select(role => (table, table.Column(role)))).Distinct()];
        await using NpgsqlCommand command = new(EmbeddedSql.Read("lead-columns.sql"), connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Select(one => one.Table.Part)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Select(one => one.Table.Sql)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Select(one => one.Column)] },
            },
        };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            schema._found[(reader.GetString(0), reader.GetString(1))] = (reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3));
        }

        return schema.Problem(schema.Leads) is { } problem
            ? throw new AfFaultException(
                schema.IsThere(schema.Leads) ? FaultKind.Permission : FaultKind.NotFound,
                schema.IsThere(schema.Leads) ? FaultId.DatabasePermissionDenied : FaultId.DatabaseObjectMissing,
                $"{problem}",
                "Compare the names under tables and lead in agentflow.json with the database's schema, and grant select to the role of supabase.database.",
                config.Tables.Leads)
            : schema;
    }

    /// <summary>Why a table cannot be read as configured; null when it can.</summary>
    public string? Problem(LeadTable table)
    {
        string[] columns = [.. table.Columns.Keys.Select(table.Column).Distinct()];
        string[] missing = [.. columns.Where(column => _found[(table.Part, column)].Type is null)];
        string[] hidden = [.. columns.Where(column => !_found[(table.Part, column)].IsReadable)];
        return missing.Length == columns.Length ? $"The table '{table.Name}' is not there."
            : missing.Length > 0 ? $"The table '{table.Name}' has no column '{missing[0]}'."
            : hidden.Length > 0 ? $"The role of the connection may not read column '{hidden[0]}' of '{table.Name}'."
            : null;
    }

    /// <summary>The type to compare a column with; text for a key of a JSON column.</summary>
    public string TypeOf(LeadTable table, string role) => table.IsKey(role) ? "text" : _found[(table.Part, table.Column(role))].Type!;

    /// <summary>A statement of an embedded file with the names of one table in it: <c>{table}</c>, each role as an expression, <c>{leadType}</c> and <c>{tenantType}</c>.</summary>
    public string Fill(string file, LeadTable table)
    {
        string sql = EmbeddedSql.Read(file).Replace("{table}", table.Sql, StringComparison.Ordinal).Replace("{leads}", Leads.Sql, StringComparison.Ordinal).Replace("{memberships}", Memberships.Sql, StringComparison.Ordinal);
        foreach (string role in table.Columns.Keys)
        {
            string expression = role is Tenant or "value" ? LeadTable.Quote(table.Column(role)) : table.Expression(role);
            sql = sql.Replace($"{{{role}}}", expression, StringComparison.Ordinal).Replace($"{{{role}Type}}", TypeOf(table, role), StringComparison.Ordinal);
        }

        return sql;
    }

    private LeadTable[] All => [Leads, Qualifications, Audits, Usage, UsageOfLead, Integrations, TenantIntegrations, Memberships];

    private bool IsThere(LeadTable table) => table.Columns.Keys.All(role => _found[(table.Part, table.Column(role))].Type is not null);

    private static LeadTable Table(string part, string name, params (string Role, string Column)[] columns) => new(part, name, columns.ToDictionary(column => column.Role, column => column.Column));
}
