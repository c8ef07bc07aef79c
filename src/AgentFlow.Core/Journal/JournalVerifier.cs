using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Faults;

namespace AgentFlow.Journal;

/// <summary>Walks a stream and says where it stops agreeing with itself or with the anchors kept outside.</summary>
public static class JournalVerifier
{
    /// <summary>Verifies one stream; reads it once, in order, holding one entry at a time.</summary>
    /// <param name="store">Where the stream is.</param>
    /// <param name="stream">Its name.</param>
    /// <param name="anchors">Heads kept outside; those of other streams are passed over.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public static async Task<JournalVerification> VerifyAsync(
        IJournalStore store, string stream, IReadOnlyList<JournalHead> anchors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(anchors);
        Dictionary<long, JournalHead> expected = [];
        foreach (JournalHead anchor in anchors.Where(anchor => anchor.Stream == stream))
        {
            if (expected.TryGetValue(anchor.Sequence, out JournalHead? other) && other.Hash != anchor.Hash)
            {
                return Bad(stream, 0, anchor.Sequence, null, expected.Count, "Two anchors of this entry contradict each other.");
            }

            expected[anchor.Sequence] = anchor;
        }

        int count = expected.Count;
        JournalHead? head = null;
        try
        {
            await foreach (JournalEntry entry in store.ReadAsync(stream, 0, cancellationToken))
            {
                if (Disagreement(entry, head, expected) is { } reason)
                {
                    return Bad(stream, entry.Sequence, (head?.Sequence ?? 0) + 1, head, count, reason);
                }

                expected.Remove(entry.Sequence);
                head = new() { Stream = stream, Sequence = entry.Sequence, Hash = entry.Hash, RecordedAt = entry.RecordedAt };
            }
        }
        catch (AfFaultException fault) when (fault.Id == FaultId.JournalMalformed && fault.Target == stream)
        {
            // The store gives the entries before and then says that it cannot read the next; a file that is no database at all has another target.
            return Bad(stream, head?.Sequence ?? 0, (head?.Sequence ?? 0) + 1, head, count, fault.Message);
        }

        long length = head?.Sequence ?? 0;
        return expected.Count > 0
            ? Bad(stream, length, length + 1, head, count, string.Create(
                CultureInfo.InvariantCulture,
                $"The stream ends at {length}, before the anchored entry {expected.Keys.Max()}: entries were cut off."))
            : new()
            {
                Stream = stream,
                Valid = true,
                EntryCount = length,
                AnchorCount = count,
                Head = head,
                Reason = count == 0 ? "Every entry agrees with its hash and its predecessor." : "Every entry agrees with its hash, its predecessor and the anchors.",
            };
    }

    private static string? Disagreement(JournalEntry entry, JournalHead? head, Dictionary<long, JournalHead> anchors)
    {
        if (entry.Sequence != (head?.Sequence ?? 0) + 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Entry {(head?.Sequence ?? 0) + 1} is missing; the next one is {entry.Sequence}.");
        }

        if (entry.PreviousHash != (head?.Hash ?? JournalChain.Genesis))
        {
            return "The entry does not follow its predecessor.";
        }

        try
        {
            if (JournalChain.Hash(entry) != entry.Hash)
            {
                return "The entry does not agree with its hash.";
            }

            // The hash covers what the data mean; this covers how they are written.
            if (CanonicalJson.Write(JsonNode.Parse(entry.Data)) != entry.Data)
            {
                return "The entry's data are not in the form that was recorded.";
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return "The entry is not well formed.";
        }

        return anchors.TryGetValue(entry.Sequence, out JournalHead? anchor) && anchor.Hash != entry.Hash
            ? "The entry does not agree with the anchor kept outside: the chain was rewritten."
            : null;
    }

    private static JournalVerification Bad(string stream, long read, long first, JournalHead? head, int anchors, string reason) => new()
    {
        Stream = stream,
        Valid = false,
        EntryCount = read,
        AnchorCount = anchors,
        FirstBadSequence = first,
        Head = head,
        Reason = reason,
    };
}
