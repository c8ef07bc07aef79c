using AgentFlow.Sandbox.App.Database;
using Npgsql;

namespace AgentFlow.Sandbox.App.Leads;

/// <summary>Leads in the rehearsal database.</summary>
internal sealed class PostgresLeads(AppDatabase database) : ILeadTables
{
    public async Task<Guid> InsertAsync(NewLead lead, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new(AppDatabase.Sql("lead.insert.sql"), connection)
        {
            Parameters = { new() { Value = Guid.Parse(lead.OrganizationId) }, Text(lead.Name), Text(lead.Email), Text(lead.Company), Text(lead.Message), Text(lead.Source), Text(lead.CorrelationId) },
        };
        return (Guid)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public async Task<bool> BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new(AppDatabase.Sql("lead.begin.sql"), connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    public async Task FinishAsync(Guid id, LeadOutcome outcome, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new(AppDatabase.Sql("lead.finish.sql"), connection)
        {
            Parameters = { new() { Value = id }, Text(outcome.State), new() { Value = outcome.Units }, new() { Value = outcome.IsAudited }, Text(outcome.IntegrationState) },
        };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
