using AgentFlow.Deployments.Lead;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>The rows of one lead in PostgreSQL. Reads are read-only transactions; the removal has a connection of its own.</summary>
internal sealed class PostgresLeadRecords(PostgresConnections connections, AfConfig config, LeadSchema schema, DatabaseIdentity identity, NpgsqlConnection reader, NpgsqlConnection remover) : ILeadRecords
{
    private readonly LeadSession _reads = new(connections, reader);
    private readonly LeadSession _removals = new(connections, remover);

    /// <inheritdoc/>
    public DatabaseIdentity Identity => identity;

    /// <inheritdoc/>
    public Task<LeadSighting> ReadAsync(LeadQuestion question, CancellationToken cancellationToken) => _reads.ReadAsync("reading the lead", connection => SightAsync(connection, question, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<LeadVisibility> ReadAsOthersAsync(LeadQuestion question, LeadSighting sighting, CancellationToken cancellationToken) =>
        new LeadImpersonation(_reads, schema, config).ReadAsync(question, cancellationToken);

    /// <inheritdoc/>
    public Task<LeadRemoval> RemoveAsync(LeadQuestion question, CancellationToken cancellationToken) => new LeadEraser(_removals, schema).RemoveAsync(question, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync().ConfigureAwait(false);
        await _removals.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<LeadSighting> SightAsync(NpgsqlConnection connection, LeadQuestion question, CancellationToken cancellationToken)
    {
        List<LeadRow> leads = await RowsAsync(connection, schema.Fill("lead-rows.sql", schema.Leads), [Text(question.CorrelationId)], row => new LeadRow(row.GetString(0), Text(row, 1)), cancellationToken).ConfigureAwait(false);
        string[] ids = [.. leads.Select(lead => lead.Id).Union(question.SeenLeadIds, StringComparer.OrdinalIgnoreCase)];
        Dictionary<string, string> unreadable = [];
        foreach (LeadTable table in new[] { schema.Qualifications, schema.Audits, schema.Usage, schema.Integrations })
        {
            if (schema.Problem(table) is { } problem)
            {
                unreadable[table.Part] = problem;
            }
        }

        Task<List<T>> OfLead<T>(LeadTable table, string file, Func<NpgsqlDataReader, T> make) => unreadable.ContainsKey(table.Part)
            ? Task.FromResult<List<T>>([])
            : RowsAsync(connection, schema.Fill(file, table), [Texts(ids)], make, cancellationToken);

        return new()
        {
            Leads = leads,
            Qualifications = await OfLead(schema.Qualifications, "lead-qualifications.sql", row => new QualificationRow(row.GetString(0), Text(row, 1), Text(row, 2))).ConfigureAwait(false),
            Audits = await OfLead(schema.Audits, "lead-audits.sql", row => new AuditRow(row.GetString(0), Text(row, 1), row.GetBoolean(2))).ConfigureAwait(false),
            Integrations = await OfLead(schema.Integrations, "lead-integrations.sql", row => new IntegrationRow(row.GetString(0), Text(row, 1) ?? string.Empty, Text(row, 2))).ConfigureAwait(false),
            TenantIntegrations = config.Lead.Integrations.Count == 0 || schema.Problem(schema.TenantIntegrations) is not null
                ? null
                : await RowsAsync(connection, schema.Fill("lead-tenant-integrations.sql", schema.TenantIntegrations), [Text(question.OrganizationId)], row => Text(row, 0) ?? string.Empty, cancellationToken).ConfigureAwait(false),
            Usage = unreadable.ContainsKey(LeadPart.Usage) ? null : await UsageAsync(connection, question, ids, cancellationToken).ConfigureAwait(false),
            Unreadable = unreadable,
        };
    }

    private async Task<UsageReading> UsageAsync(NpgsqlConnection connection, LeadQuestion question, string[] ids, CancellationToken cancellationToken)
    {
        string sql = schema.Fill("lead-usage.sql", schema.Usage)
            .Replace("{attributed}", schema.Problem(schema.UsageOfLead) is null ? schema.Fill("lead-attributed.sql", schema.UsageOfLead).Replace("{value}", LeadTable.Quote(schema.Usage.Column("value")), StringComparison.Ordinal) : "null::numeric", StringComparison.Ordinal)
            .Replace("{finished}", schema.Problem(schema.Qualifications) is null ? schema.Fill("lead-finished.sql", schema.Qualifications) : "0::bigint", StringComparison.Ordinal)
            .Replace("{correlation}", schema.Leads.Expression(LeadSchema.Correlation), StringComparison.Ordinal)
            .Replace("{leadTenantType}", schema.TypeOf(schema.Leads, LeadSchema.Tenant), StringComparison.Ordinal);
        NpgsqlParameter[] parameters =
        [
            Text(question.OrganizationId), Text(config.Lead.UsageMetric), Text(question.CorrelationId), Texts(ids), Texts([.. config.Lead.TerminalStates.Select(state => state.ToLowerInvariant())]),
        ];
        List<UsageReading> rows = await RowsAsync(
            connection,
            sql,
            parameters,
            row => new UsageReading { Value = row.GetDecimal(0), Attributed = row.IsDBNull(1) ? null : row.GetDecimal(1), OtherLeads = row.GetInt64(2), OtherFinished = row.GetInt64(3) },
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>Runs one statement and makes a record of each row.</summary>
    internal static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> make, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddRange(parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(make(reader));
        }

        return rows;
    }

    internal static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    internal static NpgsqlParameter Texts(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
