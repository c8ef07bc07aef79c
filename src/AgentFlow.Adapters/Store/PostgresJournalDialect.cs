using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AgentFlow.Adapters.Postgres;
using AgentFlow.Faults;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Store;

/// <summary>PostgreSQL: a schema of its own. Locks are transaction-scoped, so they also hold behind a pooler that lends connections per transaction.</summary>
internal sealed class PostgresJournalDialect(Func<Secret> connection) : IJournalDialect
{
    private const string InsufficientPrivilege = "42501";
    private const string RaisedByTrigger = "AF001";
    private const string UniqueViolation = "23505";

    private readonly Lazy<NpgsqlConnectionStringBuilder> _settings = new(() => Settings(connection()));
    private volatile bool _prepared;

    public string DisplayName => $"schema agentflow of database {_settings.Value.Database}";

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection opened = new(_settings.Value.ConnectionString);
        try
        {
            await opened.OpenAsync(cancellationToken);
            if (!_prepared)
            {
                await PrepareAsync(opened, cancellationToken);
                _prepared = true;
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async Task<DbTransaction> BeginAppendAsync(DbConnection connection, string stream, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select pg_advisory_xact_lock($1)";
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key("append", stream) });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public async Task<IAsyncDisposable?> TryLeaseAsync(string stream, CancellationToken cancellationToken)
    {
        // A transaction that stays open carries the lease; the server drops it with the connection, so with the process.
        DbConnection connection = await OpenAsync(cancellationToken);
        try
        {
            DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "set local idle_in_transaction_session_timeout = 0; select pg_try_advisory_xact_lock(@key)";
            command.Parameters.Add(new NpgsqlParameter<long>("key", Key("lease", stream)));
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return new Lease(connection, transaction);
            }

            await connection.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public AfFaultException Translate(DbException exception) => (exception as PostgresException)?.SqlState switch
    {
        InsufficientPrivilege => new(
            FaultKind.Permission,
            FaultId.JournalUnavailable,
            $"The role may not use the {DisplayName}.",
            "Let the owner run any Af cmdlet once to make the schema, then grant usage, select and insert to the role.",
            DisplayName),
        RaisedByTrigger or UniqueViolation => new(
            FaultKind.Guard,
            FaultId.JournalConflict,
            $"The {DisplayName} refuses a change that is not an append.",
            "Entries are never changed or removed; append a correcting one.",
            DisplayName),
        { } state => new(
            FaultKind.Unavailable,
            FaultId.JournalUnavailable,
            $"The {DisplayName} did not take the call (SQLSTATE {state}).",
            "Check the server; nothing was done without its record.",
            DisplayName),
        null => new(
            FaultKind.Connection,
            FaultId.JournalUnavailable,
            $"The {DisplayName} cannot be reached.",
            "Check the address and the network; nothing was done without its record.",
            DisplayName),
    };

    private static NpgsqlConnectionStringBuilder Settings(Secret secret)
    {
        NpgsqlConnectionStringBuilder settings = PostgresConnections.Settings(secret, "AgentFlow.PS journal");
        settings.SearchPath = "agentflow";
        return settings;
    }

    private static long Key(string purpose, string stream) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"agentflow/{purpose}/{stream}")));

    private static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = new("select to_regclass('agentflow.journal_entry') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using NpgsqlCommand create = new(EmbeddedSql.Read("journal.postgres.sql"), connection, transaction);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A lock of a transaction; it is given back before the connection closes, for the server takes its time over a closed one.</summary>
    private sealed class Lease(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.RollbackAsync();
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
                // The connection broke, and with it the lease ended.
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
