using AgentFlow.Faults;
using AgentFlow.Journal;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The journal in memory; it outlives the processes that the tests kill.</summary>
internal sealed class MemoryJournal(TimeProvider time, Wire? wire = null) : IJournalStore
{
    private readonly List<JournalEntry> _entries = [];
    private readonly HashSet<string> _leases = [];

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>What the death of a process does to its leases.</summary>
    public void DropLeases() => _leases.Clear();

    public Task<JournalEntry> AppendAsync(JournalDraft draft, long? expectedSequence, CancellationToken cancellationToken)
    {
        wire?.Place();
        JournalHead? head = Head(draft.Stream);
        if (expectedSequence is { } expected && expected != (head?.Sequence ?? 0))
        {
            throw new AfFaultException(FaultKind.Conflict, FaultId.JournalConflict, "Somebody was first.", "Look again.");
        }

        JournalEntry entry = JournalChain.Next(head, draft, "tester@here", time.GetUtcNow());
        _entries.Add(entry);
        wire?.Place();
        return Task.FromResult(entry);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string stream, long afterSequence, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (JournalEntry entry in _entries.Where(entry => entry.Stream == stream && entry.Sequence > afterSequence).ToList())
        {
            yield return entry;
        }
    }

    public Task<IReadOnlyList<string>> ReadStreamsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _entries.Select(entry => entry.Stream).Distinct().Order(StringComparer.Ordinal)]);

    public Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalHead>>([.. _entries.Select(entry => entry.Stream).Distinct().Order().Select(stream => Head(stream)!)]);

    public Task<IAsyncDisposable> LeaseAsync(string stream, CancellationToken cancellationToken) => _leases.Add(stream)
        ? Task.FromResult<IAsyncDisposable>(new Lease(() => _leases.Remove(stream)))
        : throw new AfFaultException(FaultKind.Conflict, FaultId.JournalBusy, "Another process works on it.", "Wait.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private JournalHead? Head(string stream) => _entries.LastOrDefault(entry => entry.Stream == stream) is { } last
        ? new() { Stream = stream, Sequence = last.Sequence, Hash = last.Hash, RecordedAt = last.RecordedAt }
        : null;

    private sealed class Lease(Action release) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            release();
            return ValueTask.CompletedTask;
        }
    }
}
