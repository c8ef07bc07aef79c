using System.Data.Common;
using AgentFlow.Adapters.Store;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Faults;
using Microsoft.Data.Sqlite;

namespace AgentFlow.Adapters.Tests.Store;

public sealed class SqliteJournalTests : JournalTestBase, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-journal-").FullName;

    private string File => Path.Combine(_folder, "state", "journal.db");

    protected override IReadOnlyList<string> HostOptions => ["--journal", File];

    [Fact]
    public async Task Every_commit_is_flushed_and_readers_do_not_wait()
    {
        await using DbConnection connection = await new SqliteJournalDialect(File).OpenAsync(default);
        Assert.Equal("wal", await AskAsync(connection, "pragma journal_mode"));
        Assert.Equal(2L, await AskAsync(connection, "pragma synchronous"));
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_files_and_the_folder()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes; the profile's access list protects the folder.");
            return;
        }

        await using AdoJournalStore store = Open();
        await FillAsync(store, 3);
        await using IAsyncDisposable lease = await store.LeaseAsync(Stream, default);
        string[] files = [.. Directory.EnumerateFiles(Path.GetDirectoryName(File)!, "*", SearchOption.AllDirectories)];
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }

        foreach (string folder in (string[])[Path.GetDirectoryName(File)!, File + ".leases"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public async Task A_folder_that_others_can_enter_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(File)!, (UnixFileMode)0x1ED);
        await using AdoJournalStore store = Open();
        Assert.Equal(FaultId.SecretFileExposed, (await Calls.FaultAsync(FillAsync(store, 1))).Id);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_place_that_cannot_be_made_is_one_clear_fault()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "state"), "a file where the folder should be");
        await using AdoJournalStore store = Open();
        Assert.Equal(FaultId.JournalUnavailable, (await Calls.FaultAsync(FillAsync(store, 1))).Id);
        Assert.Equal(FaultId.JournalUnavailable, (await Calls.FaultAsync(store.LeaseAsync(Stream, default))).Id);
    }

    [Fact]
    public async Task Replacing_a_row_is_refused_as_well()
    {
        await using AdoJournalStore store = Open();
        List<JournalEntry> written = await FillAsync(store, 3);
        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(
            "insert or replace into journal_entry select stream, sequence, recorded_at, 'me', type, subject, data, previous_hash, hash from journal_entry where sequence = 3"));
        Assert.Equal(written, await ReadAsync(store, 0));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override AdoJournalStore Open() => AdoJournalStore.OnSqlite(File, "tester@here", TimeProvider.System);

    protected override async Task ExecuteAsync(string sql)
    {
        await using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task TamperAsync(string sql)
    {
        string[] triggers = ["journal_entry_no_update", "journal_entry_no_delete", "journal_entry_append_only"];
        await ExecuteAsync(string.Join(';', triggers.Select(trigger => "drop trigger " + trigger)));
        await ExecuteAsync(sql);
    }

    private static async Task<object?> AskAsync(DbConnection connection, string sql)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
