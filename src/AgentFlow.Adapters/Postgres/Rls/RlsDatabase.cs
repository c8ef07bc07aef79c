using AgentFlow.Rls.Access;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Postgres.Rls;

/// <summary>PostgreSQL, asked about its tenant isolation.</summary>
/// <param name="connection">Gives the connection at the moment of use.</param>
/// <param name="timeout">The longest that one round trip may take on the server; five minutes by default.</param>
public sealed class RlsDatabase(Func<Secret> connection, TimeSpan? timeout = null) : IRlsDatabase
{
    private readonly PostgresConnections _connections = new(connection, "AgentFlow.PS Test-AfRls");
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromMinutes(5);

    public string Address => _connections.Address.ToString();

    public string Host => _connections.Address.Host;

    public bool IsLoopback => _connections.Address.IsLoopback;

    public string? Ref => _connections.Address.Ref;

    /// <inheritdoc/>
    public async Task<IRlsSession> BeginAsync(bool writes, CancellationToken cancellationToken)
    {
        RlsSession session = new(_connections, await _connections.OpenAsync(cancellationToken), _timeout);
        try
        {
            await session.BeginAsync(writes, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
