using AgentFlow.Adapters.Store;
using AgentFlow.Deployments.Lead;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>Leads in PostgreSQL.</summary>
/// <param name="connections">The way to the non-production database.</param>
/// <param name="config">The names of tables and columns.</param>
public sealed class LeadDatabase(PostgresConnections connections, AfConfig config) : ILeadDatabase
{
    /// <inheritdoc/>
    public async Task<ILeadRecords> OpenAsync(CancellationToken cancellationToken)
    {
        Task<NpgsqlConnection>[] both = [connections.OpenAsync(cancellationToken), connections.OpenAsync(cancellationToken)];
        try
        {
            await Task.WhenAll(both).ConfigureAwait(false);
            NpgsqlConnection reader = await both[0].ConfigureAwait(false);
            (DatabaseIdentity identity, LeadSchema schema) = await connections.RunAsync(
                "reading what it is",
                async () => (await IdentifyAsync(reader, cancellationToken).ConfigureAwait(false), await LeadSchema.ReadAsync(config, reader, cancellationToken).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
            return new PostgresLeadRecords(connections, config, schema, identity, reader, await both[1].ConfigureAwait(false));
        }
        catch
        {
            foreach (Task<NpgsqlConnection> one in both)
            {
                await ((Task)one).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (one.IsCompletedSuccessfully)
                {
                    await (await one.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
                }
            }

            throw;
        }
    }

    private async Task<DatabaseIdentity> IdentifyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        bool inRecovery;
        bool hasMarker;
        await using (NpgsqlCommand server = new(EmbeddedSql.Read("lead-server.sql"), connection))
        {
            await using NpgsqlDataReader reader = await server.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            (inRecovery, hasMarker) = (reader.GetBoolean(0), reader.GetBoolean(1));
        }

        string? marker = null;
        if (hasMarker)
        {
            await using NpgsqlCommand command = new(EmbeddedSql.Read("lead-marker.sql"), connection);
            marker = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        }

        DatabaseAddress address = connections.Address;
        return new() { Ref = address.Ref, IsLoopback = address.IsLoopback, Marker = marker, InRecovery = inRecovery };
    }
}
