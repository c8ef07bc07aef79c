using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using AgentFlow.Faults;
using AgentFlow.Journal;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Store;

/// <summary>The journal over ADO.NET, the same for both engines. One connection; calls of one instance queue behind each other.</summary>
public sealed class AdoJournalStore : IJournalStore
{
    private const int PageSize = 500;

    private const string HeadSql = "select sequence, hash, recorded_at from journal_entry where stream = @stream order by sequence desc limit 1";

    private const string StreamsSql = "select distinct stream from journal_entry order by stream";
    private const string HeadsSql =
        "select stream, sequence, hash, recorded_at from journal_entry e where sequence = (select max(sequence) from journal_entry m where m.stream = e.stream) order by stream";

    private const string ReadSql =
        "select sequence, recorded_at, actor, type, subject, data, previous_hash, hash from journal_entry where stream = @stream and sequence > @after order by sequence limit @limit";

    private const string InsertSql =
        """
        insert into journal_entry (stream, sequence, recorded_at, actor, type, subject, data, previous_hash, hash)
        values (@stream, @sequence, @recorded_at, @actor, @type, @subject, @data, @previous_hash, @hash)
        """;

    private readonly IJournalDialect _dialect;
    private readonly TimeProvider _time;
    private readonly string _actor;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbConnection? _connection;

    private AdoJournalStore(IJournalDialect dialect, string actor, TimeProvider time)
    {
        _dialect = dialect;
        _actor = actor;
        _time = time;
    }

    /// <summary>The embedded engine: one file that only its owner can read. Nothing is opened before the first call.</summary>
    /// <param name="path">The database file; its folder is made when it does not exist.</param>
    /// <param name="actor">Who writes: user and machine.</param>
    /// <param name="time">The clock of the entries.</param>
    public static AdoJournalStore OnSqlite(string path, string actor, TimeProvider time) => new(new SqliteJournalDialect(path), actor, time);

    /// <summary>A PostgreSQL schema <c>agentflow</c>, for a team. Nothing is opened before the first call.</summary>
    /// <param name="connection">Connection of a role that may create or use the schema, as <c>Key=Value;…</c> or a <c>postgresql://</c> address.</param>
    /// <param name="actor">Who writes: user and machine.</param>
    /// <param name="time">The clock of the entries.</param>
    public static AdoJournalStore OnPostgres(Func<Secret> connection, string actor, TimeProvider time) =>
        new(new PostgresJournalDialect(connection), actor, time);

    /// <inheritdoc/>
    public Task<JournalEntry> AppendAsync(JournalDraft draft, long? expectedSequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return GuardedAsync(
            async connection =>
            {
                // From here on the append runs to its end: a token that fires in the middle must not leave the caller in doubt.
                await using DbTransaction transaction = await _dialect.BeginAppendAsync(connection, draft.Stream, cancellationToken);
                JournalHead? head = await HeadAsync(connection, transaction, draft.Stream);
                if (expectedSequence is { } expected && expected != (head?.Sequence ?? 0))
                {
                    throw Conflict(draft.Stream);
                }

                JournalEntry entry = JournalChain.Next(head, draft, _actor, _time.GetUtcNow());
                await using DbCommand insert = Command(connection, transaction, InsertSql);
                Add(insert, "stream", entry.Stream);
                Add(insert, "sequence", entry.Sequence);
                Add(insert, "recorded_at", JournalChain.FormatTime(entry.RecordedAt));
                Add(insert, "actor", entry.Actor);
                Add(insert, "type", entry.Type);
                Add(insert, "subject", entry.Subject);
                Add(insert, "data", entry.Data);
                Add(insert, "previous_hash", entry.PreviousHash);
                Add(insert, "hash", entry.Hash);
                await insert.ExecuteNonQueryAsync(CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                return entry;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = afterSequence;
        while (true)
        {
            long from = after;
            (List<JournalEntry> page, AfFaultException? fault) = await GuardedAsync(connection => PageAsync(connection, stream, from, cancellationToken), cancellationToken);
            foreach (JournalEntry entry in page)
            {
                after = entry.Sequence;
                yield return entry;
            }

            if (fault is not null)
            {
                throw fault;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadStreamsAsync(CancellationToken cancellationToken) => GuardedAsync<IReadOnlyList<string>>(
        async connection =>
        {
            await using DbCommand command = Command(connection, null, StreamsSql);
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            List<string> streams = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                streams.Add(reader.GetString(0));
            }

            return streams;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken) => GuardedAsync<IReadOnlyList<JournalHead>>(
        async connection =>
        {
            await using DbCommand command = Command(connection, null, HeadsSql);
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            List<JournalHead> heads = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                heads.Add(new() { Stream = reader.GetString(0), Sequence = reader.GetInt64(1), Hash = reader.GetString(2), RecordedAt = Time(reader, 3, reader.GetString(0)) });
            }

            return heads;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> LeaseAsync(string stream, CancellationToken cancellationToken)
    {
        try
        {
            return await _dialect.TryLeaseAsync(stream, cancellationToken) ?? throw new AfFaultException(
                FaultKind.Conflict,
                FaultId.JournalBusy,
                $"Another process is working on {stream}.",
                "Wait until it has ended, look at its state with Get-AfEnvRotation, then try again.",
                stream);
        }
        catch (DbException exception)
        {
            throw _dialect.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _turn.Dispose();
    }

    // What can be read comes first, so that a walk names the entry that cannot.
    private static async Task<(List<JournalEntry> Page, AfFaultException? Fault)> PageAsync(DbConnection connection, string stream, long after, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(connection, null, ReadSql);
        Add(command, "stream", stream);
        Add(command, "after", after);
        Add(command, "limit", PageSize);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<JournalEntry> page = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                page.Add(Entry(stream, reader));
            }
            catch (Exception exception) when (exception is FormatException or InvalidCastException or InvalidOperationException)
            {
                return (page, Malformed(stream));
            }
        }

        return (page, null);
    }

    private static async Task<JournalHead?> HeadAsync(DbConnection connection, DbTransaction transaction, string stream)
    {
        await using DbCommand command = Command(connection, transaction, HeadSql);
        Add(command, "stream", stream);
        await using DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, CancellationToken.None);
        return await reader.ReadAsync(CancellationToken.None)
            ? new() { Stream = stream, Sequence = reader.GetInt64(0), Hash = reader.GetString(1), RecordedAt = Time(reader, 2, stream) }
            : null;
    }

    private static JournalEntry Entry(string stream, DbDataReader reader) => new()
    {
        Stream = stream,
        Sequence = reader.GetInt64(0),
        RecordedAt = JournalChain.ParseTime(reader.GetString(1)),
        Actor = reader.GetString(2),
        Type = reader.GetString(3),
        Subject = reader.GetString(4),
        Data = reader.GetString(5),
        PreviousHash = reader.GetString(6),
        Hash = reader.GetString(7),
    };

    private static DateTimeOffset Time(DbDataReader reader, int ordinal, string stream)
    {
        try
        {
            return JournalChain.ParseTime(reader.GetString(ordinal));
        }
        catch (FormatException)
        {
            throw Malformed(stream);
        }
    }

    private static AfFaultException Malformed(string stream) => new(
        FaultKind.InvalidData,
        FaultId.JournalMalformed,
        $"{stream} holds an entry that is not in the form that this product writes.",
        "Keep a copy of the store as evidence, see with Test-AfJournal which entry it is, and compare with your anchors; it was changed from outside.",
        stream);

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private static AfFaultException Conflict(string stream) => new(
        FaultKind.Conflict,
        FaultId.JournalConflict,
        $"Somebody else has written to {stream} in the meantime.",
        "Look at the present state with Get-AfEnvRotation, then try again.",
        stream);

    private async Task<T> GuardedAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _connection ??= await _dialect.OpenAsync(cancellationToken);
            return await work(_connection);
        }
        catch (DbException exception)
        {
            // A connection that failed once is not trusted again; the next call opens a new one.
            if (_connection is not null)
            {
                await _connection.DisposeAsync();
                _connection = null;
            }

            throw _dialect.Translate(exception);
        }
        finally
        {
            _turn.Release();
        }
    }
}
