using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Store;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Faults;
using AgentFlow.Journal;

namespace AgentFlow.Adapters.Tests.Store;

/// <summary>What both engines must do, each on the real engine.</summary>
public abstract class JournalTestBase
{
    protected const string Stream = "rotation/one";

    /// <summary>Edits that leave the table itself intact, and the entry (of six) that is then the first bad one.</summary>
    public static TheoryData<string, int> Edits => new()
    {
        { "update journal_entry set data = '{\"i\":99}' where stream = 'rotation/one' and sequence = 3", 3 },
        { "update journal_entry set data = '{ \"i\": 3}' where stream = 'rotation/one' and sequence = 3", 3 },
        { "update journal_entry set actor = 'somebody else' where stream = 'rotation/one' and sequence = 2", 2 },
        { "update journal_entry set type = 'other' where stream = 'rotation/one' and sequence = 6", 6 },
        { "update journal_entry set subject = 'other' where stream = 'rotation/one' and sequence = 5", 5 },
        { "update journal_entry set recorded_at = '2020-01-01T00:00:00.000000Z' where stream = 'rotation/one' and sequence = 4", 4 },
        { "update journal_entry set recorded_at = 'yesterday' where stream = 'rotation/one' and sequence = 4", 4 },
        { "update journal_entry set recorded_at = 'yesterday' where stream = 'rotation/one' and sequence = 6", 6 },
        { "update journal_entry set hash = previous_hash where stream = 'rotation/one' and sequence = 2", 2 },
        { "delete from journal_entry where stream = 'rotation/one' and sequence = 1", 1 },
        { "delete from journal_entry where stream = 'rotation/one' and sequence = 4", 4 },
        { "update journal_entry set sequence = sequence + 100 where stream = 'rotation/one' and sequence >= 5", 5 },
        { "insert into journal_entry select stream, 7, recorded_at, actor, type, subject, data, hash, hash from journal_entry where stream = 'rotation/one' and sequence = 6", 7 },
        { "update journal_entry set stream = 'rotation/two' where stream = 'rotation/one' and sequence = 6", 0 },
    };

    /// <summary>A store on the test's own database.</summary>
    protected abstract AdoJournalStore Open();

    /// <summary>Runs SQL as the database's owner, without the product.</summary>
    protected abstract Task ExecuteAsync(string sql);

    /// <summary>The same after the triggers were taken away, as a tamperer with all rights would.</summary>
    protected abstract Task TamperAsync(string sql);

    /// <summary>How another process finds the same store.</summary>
    protected abstract IReadOnlyList<string> HostOptions { get; }

    [Fact]
    public async Task What_is_appended_is_read_back_in_order_and_verifies()
    {
        Skip();
        await using AdoJournalStore store = Open();
        List<JournalEntry> written = await FillAsync(store, 6);
        Assert.Equal(Enumerable.Range(1, 6).Select(i => (long)i), written.Select(entry => entry.Sequence));
        Assert.Equal(written, await ReadAsync(store, 0));
        Assert.Equal(written[4..], await ReadAsync(store, 4));
        await store.AppendAsync(new("rotation/other", "note", "x", []), 0, default);
        Assert.Equal([Stream, "rotation/other"], await store.ReadStreamsAsync(default));
        IReadOnlyList<JournalHead> heads = await store.ReadHeadsAsync(default);
        Assert.Equal([(Stream, 6L, written[5].Hash), ("rotation/other", 1L, heads[1].Hash)], heads.Select(head => (head.Stream, head.Sequence, head.Hash)));
        JournalVerification verified = await JournalVerifier.VerifyAsync(store, Stream, heads, default);
        Assert.True(verified.Valid, verified.Reason);
        Assert.Equal((6, 1), (verified.EntryCount, verified.AnchorCount));
    }

    [Fact]
    public async Task A_long_stream_is_read_page_by_page()
    {
        Skip();
        await using AdoJournalStore store = Open();
        await FillAsync(store, 1203);
        Assert.Equal(1203, (await ReadAsync(store, 0)).Count);
        await TamperAsync("update journal_entry set recorded_at = 'yesterday' where stream = 'rotation/one' and sequence = 1101");
        Assert.Equal(1101, (await JournalVerifier.VerifyAsync(store, Stream, [], default)).FirstBadSequence);
    }

    [Fact]
    public async Task Who_is_second_gets_a_conflict_and_nothing_is_written()
    {
        Skip();
        await using AdoJournalStore one = Open();
        await using AdoJournalStore other = Open();
        await FillAsync(one, 2);
        await one.AppendAsync(new(Stream, "note", "first", []), 2, default);
        AfFaultException fault = await Calls.FaultAsync(other.AppendAsync(new(Stream, "note", "second", []), 2, default));
        Assert.Equal((FaultKind.Conflict, FaultId.JournalConflict), (fault.Kind, fault.Id));
        Assert.Equal(3, (await ReadAsync(other, 0)).Count);
    }

    [Fact]
    public async Task A_lease_is_exclusive_ends_with_its_disposal_and_does_not_stop_readers_or_other_streams()
    {
        Skip();
        await using AdoJournalStore one = Open();
        await using AdoJournalStore other = Open();
        await using (await one.LeaseAsync(Stream, default))
        {
            AfFaultException fault = await Calls.FaultAsync(other.LeaseAsync(Stream, default));
            Assert.Equal((FaultKind.Conflict, FaultId.JournalBusy), (fault.Kind, fault.Id));
            await using IAsyncDisposable elsewhere = await other.LeaseAsync("rotation/other", default);
            await FillAsync(one, 1);
            Assert.Single(await ReadAsync(other, 0));
        }

        await using IAsyncDisposable mine = await other.LeaseAsync(Stream, default);
    }

    [Fact]
    public async Task A_lease_ends_with_its_process_however_it_ends()
    {
        Skip();
        await using AdoJournalStore store = Open();
        await FillAsync(store, 1);
        using Process holder = HostProcess.Start(["hold", .. HostOptions, "--stream", Stream]);
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        Assert.Equal(FaultId.JournalBusy, (await Calls.FaultAsync(store.LeaseAsync(Stream, default))).Id);
        holder.Kill();
        await holder.WaitForExitAsync();
        await using IAsyncDisposable mine = await LeaseSoonAsync(store);
    }

    [Theory]
    [InlineData("update journal_entry set data = '{}'")]
    [InlineData("update journal_entry set sequence = 9 where sequence = 3")]
    [InlineData("delete from journal_entry")]
    [InlineData("delete from journal_entry where sequence = 3")]
    [InlineData("insert into journal_entry select stream, 9, recorded_at, actor, type, subject, data, hash, hash from journal_entry where sequence = 3")]
    [InlineData("insert into journal_entry select stream, 4, recorded_at, actor, type, subject, data, previous_hash, hash from journal_entry where sequence = 3")]
    public async Task The_database_itself_refuses_what_is_not_an_append(string sql)
    {
        Skip();
        await using AdoJournalStore store = Open();
        List<JournalEntry> written = await FillAsync(store, 3);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ExecuteAsync(sql));
        Assert.Equal(written, await ReadAsync(store, 0));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task A_changed_store_names_its_first_bad_entry(string sql, int expected)
    {
        Skip();
        await using AdoJournalStore store = Open();
        await FillAsync(store, 6);
        IReadOnlyList<JournalHead> anchors = await store.ReadHeadsAsync(default);
        await TamperAsync(sql);
        JournalVerification verified = await JournalVerifier.VerifyAsync(store, Stream, [], default);
        if (expected == 0)
        {
            // Cutting off the end leaves a good chain; only what was kept outside tells.
            Assert.True(verified.Valid);
            expected = 6;
            verified = await JournalVerifier.VerifyAsync(store, Stream, anchors, default);
        }

        Assert.Equal((false, (long?)expected), (verified.Valid, verified.FirstBadSequence));
        Assert.True(verified.Head is null || verified.Head.Sequence == expected - 1);
    }

    [Theory]
    [InlineData("delete from journal_entry where stream = 'rotation/one' and sequence >= 5", 5)]
    [InlineData("delete from journal_entry where stream = 'rotation/one'", 1)]
    public async Task A_cut_off_end_shows_against_an_anchor_only(string sql, int expected)
    {
        Skip();
        await using AdoJournalStore store = Open();
        await FillAsync(store, 6);
        IReadOnlyList<JournalHead> anchors = await store.ReadHeadsAsync(default);
        await TamperAsync(sql);
        Assert.True((await JournalVerifier.VerifyAsync(store, Stream, [], default)).Valid);
        JournalVerification verified = await JournalVerifier.VerifyAsync(store, Stream, anchors, default);
        Assert.Equal((false, (long?)expected), (verified.Valid, verified.FirstBadSequence));
        Assert.Contains("cut off", verified.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wholly_rewritten_chain_shows_against_an_anchor_only()
    {
        Skip();
        await using AdoJournalStore store = Open();
        await FillAsync(store, 6);
        IReadOnlyList<JournalHead> anchors = await store.ReadHeadsAsync(default);
        await TamperAsync("delete from journal_entry where stream = 'rotation/one'");
        await FillAsync(store, 6, subject: "forged");
        Assert.True((await JournalVerifier.VerifyAsync(store, Stream, [], default)).Valid);
        Assert.Equal(6, (await JournalVerifier.VerifyAsync(store, Stream, anchors, default)).FirstBadSequence);
    }

    [Fact]
    public async Task Several_processes_append_at_once_and_nothing_is_lost()
    {
        Skip();
        const int processes = 4;
        const int each = 40;
        List<Process> running = [.. Enumerable.Range(0, processes).Select(i =>
            HostProcess.Start(["append", .. HostOptions, "--stream", i % 2 == 0 ? Stream : "rotation/other", "--count", $"{each}"]))];
        foreach (Process process in running)
        {
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, errors);
        }

        await using AdoJournalStore store = Open();
        foreach (string stream in (string[])[Stream, "rotation/other"])
        {
            List<JournalEntry> all = [];
            await foreach (JournalEntry entry in store.ReadAsync(stream, 0, default))
            {
                all.Add(entry);
            }

            // Each process numbered its own: every number of both is there, in each one's order.
            Assert.Equal(2 * each, all.Count);
            foreach (IGrouping<string, JournalEntry> one in all.GroupBy(entry => entry.Subject))
            {
                Assert.Equal(Enumerable.Range(0, each), one.Select(entry => JsonNode.Parse(entry.Data)!["i"]!.GetValue<int>()));
            }

            Assert.True((await JournalVerifier.VerifyAsync(store, stream, [], default)).Valid);
        }

        running.ForEach(process => process.Dispose());
    }

    /// <summary>Skips the test where the engine is not installed.</summary>
    protected virtual void Skip()
    {
    }

    protected static async Task<List<JournalEntry>> FillAsync(AdoJournalStore store, int count, string subject = "rot_a")
    {
        List<JournalEntry> written = [];
        for (int i = 1; i <= count; i++)
        {
            written.Add(await store.AppendAsync(new(Stream, "note", subject, new() { ["i"] = i }), null, default));
        }

        return written;
    }

    protected static async Task<List<JournalEntry>> ReadAsync(AdoJournalStore store, long after)
    {
        List<JournalEntry> all = [];
        await foreach (JournalEntry entry in store.ReadAsync(Stream, after, default))
        {
            all.Add(entry);
        }

        return all;
    }

    // A server notices the end of a client a moment later.
    private static async Task<IAsyncDisposable> LeaseSoonAsync(AdoJournalStore store)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                return await store.LeaseAsync(Stream, limit.Token);
            }
            catch (AfFaultException fault) when (fault.Id == FaultId.JournalBusy)
            {
                await Task.Yield();
            }
        }
    }
}
