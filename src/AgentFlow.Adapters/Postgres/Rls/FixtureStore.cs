using AgentFlow.Rls.Fixtures;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Rls;

/// <summary>Fixtures in PostgreSQL.</summary>
/// <param name="connection">Gives the connection at the moment of use.</param>
public sealed class FixtureStore(Func<Secret> connection) : IFixtureStore
{
    private readonly PostgresConnections _connections = new(connection, "AgentFlow.PS tenant fixture");

    /// <inheritdoc/>
    public async Task<IFixtureTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection opened = await _connections.OpenAsync(cancellationToken);
        FixtureTransaction transaction = new(_connections, opened);
        try
        {
            await transaction.BeginAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
