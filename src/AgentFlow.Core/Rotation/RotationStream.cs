using AgentFlow.Faults;
using AgentFlow.Journal;

namespace AgentFlow.Rotation;

/// <summary>Where a credential's rotations stand in the journal.</summary>
internal static class RotationStream
{
    private const string Prefix = "rotation/";

    public static string Of(string credential) => Prefix + credential;

    /// <summary>The credential of a stream, or null when the stream is about something else.</summary>
    public static string? CredentialOf(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal) ? stream[Prefix.Length..] : null;

    public static async Task<RotationHistory> ReadAsync(IJournalStore journal, string credential, CancellationToken cancellationToken)
    {
        List<RotationView> all = [];
        RotationView? view = null;
        long sequence = 0;
        await foreach (JournalEntry entry in journal.ReadAsync(Of(credential), 0, cancellationToken))
        {
            if (entry.Type == EntryType.Planned && view is not null)
            {
                all.Add(view);
            }

            view = RotationFold.Apply(view, entry);
            sequence = entry.Sequence;
        }

        if (view is not null)
        {
            all.Add(view);
        }

        return new(all, sequence);
    }

    public static AfFaultException NotFound(string credential) => new(
        FaultKind.NotFound,
        FaultId.RotationNotFound,
        $"No rotation of {credential} is recorded.",
        "See Get-AfEnvRotation; begin one with Invoke-AfEnvRotation.",
        credential);
}
