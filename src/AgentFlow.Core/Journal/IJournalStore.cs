using AgentFlow.Faults;

namespace AgentFlow.Journal;

/// <summary>An append-only place for hash-chained entries, shared by processes and, with a server engine, by machines.</summary>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Appends durably: on return the entry survives a crash of the machine.</summary>
    /// <param name="draft">What to record.</param>
    /// <param name="expectedSequence">Sequence that the head must have (0 for an empty stream); null to append after whatever is there.</param>
    /// <param name="cancellationToken">Stops the wait for the engine's lock; an append that has begun completes.</param>
    /// <exception cref="AfFaultException"><see cref="FaultId.JournalConflict"/> when somebody else appended first; <see cref="FaultId.JournalUnavailable"/>.</exception>
    Task<JournalEntry> AppendAsync(JournalDraft draft, long? expectedSequence, CancellationToken cancellationToken);

    /// <summary>Entries of one stream in order, after <paramref name="afterSequence"/>.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterSequence, CancellationToken cancellationToken);

    /// <summary>The names of all streams, sorted; readable also where an entry is not.</summary>
    Task<IReadOnlyList<string>> ReadStreamsAsync(CancellationToken cancellationToken);

    /// <summary>The heads of all streams, by name.</summary>
    Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken);

    /// <summary>Takes the only lease of a stream, or throws at once; the lease ends with its disposal or with the process, whichever is first.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.JournalBusy"/> when another process holds it.</exception>
    Task<IAsyncDisposable> LeaseAsync(string stream, CancellationToken cancellationToken);
}
