using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentFlow.Adapters.Files;
using AgentFlow.Faults;
using Microsoft.Data.Sqlite;

namespace AgentFlow.Adapters.Store;

/// <summary>SQLite: write-ahead log, a full flush per commit, a file that only its owner can read. Leases are file locks, which the kernel drops with the process.</summary>
internal sealed class SqliteJournalDialect(string path) : IJournalDialect
{
    private const int BusySeconds = 30;
    private const int ReadOnlyCode = 8;
    private const int CorruptCode = 11;
    private const int CannotOpenCode = 14;
    private const int NotADatabaseCode = 26;
    private const int ConstraintCode = 19;

    private readonly string _path = Path.GetFullPath(path);

    public string DisplayName => _path;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Prepare();
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = BusySeconds,
            Pooling = false,
        };
        SqliteConnection connection = new(settings.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = EmbeddedSql.Read("journal.sqlite.sql");
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<DbTransaction> BeginAppendAsync(DbConnection connection, string stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not deferred: BEGIN IMMEDIATE takes the write lock before the head is read.
        return Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));
    }

    public Task<IAsyncDisposable?> TryLeaseAsync(string stream, CancellationToken cancellationToken)
    {
        Prepare();
        string folder = UserOnly.EnsureFolder(_path + ".leases");
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stream)).AsSpan(0, 16));
        try
        {
            return Task.FromResult<IAsyncDisposable?>(UserOnly.Open(Path.Combine(folder, name), FileMode.OpenOrCreate));
        }
        catch (IOException exception) when (exception is not DirectoryNotFoundException and not PathTooLongException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    public AfFaultException Translate(DbException exception)
    {
        int code = (exception as SqliteException)?.SqliteErrorCode ?? 0;
        return code switch
        {
            CorruptCode or NotADatabaseCode => new(
                FaultKind.InvalidData,
                FaultId.JournalMalformed,
                $"The journal {DisplayName} is not a readable database.",
                "Keep the file as evidence, restore it from a backup and compare it with your anchors.",
                DisplayName),
            ReadOnlyCode or CannotOpenCode => Unopened(),
            ConstraintCode => new(
                FaultKind.Guard,
                FaultId.JournalConflict,
                $"The journal {DisplayName} refuses a change that is not an append.",
                "Entries are never changed or removed; append a correcting one.",
                DisplayName),
            _ => new(
                FaultKind.Unavailable,
                FaultId.JournalUnavailable,
                string.Create(CultureInfo.InvariantCulture, $"The journal {DisplayName} did not take the call (SQLite code {code})."),
                "Check free space and other programs that hold the file; nothing was done without its record.",
                DisplayName),
        };
    }

    private AfFaultException Unopened() => new(
        FaultKind.InvalidState,
        FaultId.JournalUnavailable,
        $"The journal {DisplayName} cannot be opened for writing.",
        "Check that the folder can be made and belongs to you; nothing was done without its record.",
        DisplayName);

    private void Prepare()
    {
        try
        {
            UserOnly.EnsureFolder(Path.GetDirectoryName(_path)!);
            UserOnly.EnsureFile(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unopened();
        }
    }
}
