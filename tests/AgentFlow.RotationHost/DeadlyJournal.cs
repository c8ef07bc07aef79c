using AgentFlow.Journal;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each journal write.</summary>
internal sealed class DeadlyJournal(IJournalStore inner, DeathCounter counter) : IJournalStore
{
    public async Task<JournalEntry> AppendAsync(JournalDraft draft, long? expectedSequence, CancellationToken cancellationToken)
    {
        counter.Place();
        JournalEntry entry = await inner.AppendAsync(draft, expectedSequence, cancellationToken);
        counter.Place();
        return entry;
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterSequence, CancellationToken cancellationToken) => inner.ReadAsync(stream, afterSequence, cancellationToken);

    public Task<IReadOnlyList<string>> ReadStreamsAsync(CancellationToken cancellationToken) => inner.ReadStreamsAsync(cancellationToken);

    public Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken) => inner.ReadHeadsAsync(cancellationToken);

    public Task<IAsyncDisposable> LeaseAsync(string stream, CancellationToken cancellationToken) => inner.LeaseAsync(stream, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
