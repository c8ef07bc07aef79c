using AgentFlow.Adapters.Store;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.Store;

public sealed class JournalFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-journal-").FullName;

    [Fact]
    public async Task A_file_that_is_no_database_is_kept_as_evidence()
    {
        string path = Path.Combine(_folder, "journal.db");
        string text = new('x', 8192);
        await File.WriteAllTextAsync(path, text);
        Assert.Equal(FaultId.JournalMalformed, await IdAsync(path));
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_place_that_cannot_be_opened_means_that_nothing_is_done()
    {
        string blocked = Path.Combine(_folder, "journal.db");
        Directory.CreateDirectory(blocked);
        Assert.Equal(FaultId.JournalUnavailable, await IdAsync(blocked));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> IdAsync(string path)
    {
        await using AdoJournalStore store = AdoJournalStore.OnSqlite(path, "tester", TimeProvider.System);
        return (await Assert.ThrowsAsync<AfFaultException>(() => store.ReadHeadsAsync(CancellationToken.None))).Id;
    }
}
