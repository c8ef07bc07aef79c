using System.Data;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>One connection that is opened again when it has broken, and the transactions on it.</summary>
internal sealed class LeadSession(PostgresConnections connections, NpgsqlConnection first) : IAsyncDisposable
{
    // An error, not a shorter answer, where a policy would hide rows from this role. And no wait without end for a lock.
    private const string ReadSettings = "set transaction read only; set local row_security = off; set local statement_timeout = '10s'; set local lock_timeout = '3s'";
    private const string LookSettings = "set transaction read only; set local statement_timeout = '10s'; set local lock_timeout = '3s'";
    private const string WriteSettings = "set local row_security = off; set local statement_timeout = '10s'; set local lock_timeout = '3s'";

    private NpgsqlConnection _connection = first;

    /// <summary>Runs work in a read-only transaction with one view of everything; the role of the connection must see all rows.</summary>
    public Task<T> ReadAsync<T>(string doing, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(doing, IsolationLevel.RepeatableRead, ReadSettings, false, work, cancellationToken);

    /// <summary>Runs work in a read-only transaction in which policies apply, for looking in somebody's place; always rolled back.</summary>
    public Task<T> LookAsync<T>(string doing, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(doing, IsolationLevel.ReadCommitted, LookSettings, false, work, cancellationToken);

    /// <summary>Runs work in a transaction that is committed when the work gives true with its result.</summary>
    public Task<T> WriteAsync<T>(string doing, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(doing, IsolationLevel.ReadCommitted, WriteSettings, true, work, cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<T> RunAsync<T>(string doing, IsolationLevel level, string settings, bool commit, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => connections.RunAsync(
        doing,
        async () =>
        {
            if (_connection.State != ConnectionState.Open)
            {
                await _connection.DisposeAsync().ConfigureAwait(false);
                _connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            // Disposed without a commit, it is rolled back.
            await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(level, cancellationToken).ConfigureAwait(false);
            await using (NpgsqlCommand set = new(settings, _connection, transaction))
            {
                await set.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            T result = await work(_connection).ConfigureAwait(false);
            if (commit)
            {
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return result;
        },
        cancellationToken);
}
