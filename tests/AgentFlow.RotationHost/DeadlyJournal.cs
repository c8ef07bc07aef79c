using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AgentFlow.Journal;

namespace AgentFlow.RotationHost;

/// <summary>A place before and after each journal write; from what is read and written the places know the rotation's state.</summary>
internal sealed class DeadlyJournal(IJournalStore inner, DeathPlaces places) : IJournalStore
{
    public async Task<JournalEntry> AppendAsync(JournalDraft draft, long? expectedSequence, CancellationToken cancellationToken)
    {
        string after = places.Before(Name(draft), reads: false);
        JournalEntry entry = await inner.AppendAsync(draft, expectedSequence, cancellationToken);
        places.After(after);
        Enter(draft.Type, draft.Data);
        return entry;
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JournalEntry entry in inner.ReadAsync(stream, afterSequence, cancellationToken))
        {
            Enter(entry.Type, JsonNode.Parse(entry.Data)!.AsObject());
            yield return entry;
        }
    }

    public Task<IReadOnlyList<string>> ReadStreamsAsync(CancellationToken cancellationToken) => inner.ReadStreamsAsync(cancellationToken);

    public Task<IReadOnlyList<JournalHead>> ReadHeadsAsync(CancellationToken cancellationToken) => inner.ReadHeadsAsync(cancellationToken);

    public Task<IAsyncDisposable> LeaseAsync(string stream, CancellationToken cancellationToken) => inner.LeaseAsync(stream, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static string Name(JournalDraft draft) => string.Join(' ', new[] { "journal", draft.Type, Text(draft.Data, "call"), Text(draft.Data, "state") }.OfType<string>());

    private static string? Text(JsonObject data, string name) => data[name]?.GetValue<string>();

    private void Enter(string type, JsonObject data)
    {
        if (type == "rotation.planned")
        {
            places.Enter("Planned");
        }
        else if (type == "rotation.state")
        {
            places.Enter(Text(data, "state")!);
        }
    }
}
