using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation;

/// <summary>Lists the configured credentials: where they live, how old they are, who shares them. Reads only.</summary>
public sealed class CredentialInventory(RotationPorts ports)
{
    /// <summary>One record a credential, in the config's order.</summary>
    public async IAsyncEnumerable<CredentialRecord> ReadAsync(
        IReadOnlyList<CredentialConfig> credentials, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        IReadOnlyList<VariableEntry> entries = await ports.Variables.ListAsync(cancellationToken);
        foreach (CredentialConfig config in credentials)
        {
            yield return await ReadAsync(config, entries, cancellationToken);
        }
    }

    private async Task<CredentialRecord> ReadAsync(CredentialConfig config, IReadOnlyList<VariableEntry> entries, CancellationToken cancellationToken)
    {
        (IReadOnlyList<RotationLane> found, _, _) = LaneFinder.Find(config with { PreviousVariable = null }, entries);
        List<RotationLane> lanes = [.. found.Where(lane => lane.EntryId is not null)];
        List<VariableEntry> mine = [.. entries.Where(entry => lanes.Any(lane => lane.EntryId == entry.Id))];
        IReadOnlyList<string> shared = await ValueSharing.FindAsync(ports.Variables, lanes, entries, cancellationToken);
        RotationHistory history = await RotationStream.ReadAsync(ports.Journal, config.Name, cancellationToken);
        DateTimeOffset? written = mine.Count == 0 ? null : mine.Min(entry => entry.UpdatedAt);
        DateTimeOffset? due = config.MaxAgeDays is { } days ? written?.AddDays(days) : null;
        DateTimeOffset now = ports.Time.GetUtcNow();
        bool readable = mine.Count > 0 && mine.All(entry => entry.Readable);
        return new()
        {
            Name = config.Name,
            Kind = config.Kind,
            Variables = [.. config.Variables.Keys],
            Lanes = lanes,
            WrittenAt = written,
            AgeDays = written is null ? null : (int)(now - written.Value).TotalDays,
            DueAt = due,
            Overdue = due < now,
            SharedWith = [.. shared.Union(config.SharedWith ?? [], StringComparer.Ordinal)],
            Readable = readable,
            LastRotation = history.Newest?.Record.State,
            Warning = Warning(config, mine, due < now, history),
        };
    }

    private static string? Warning(CredentialConfig config, List<VariableEntry> mine, bool overdue, RotationHistory history)
    {
        List<string> warnings = [];
        if (mine.Count == 0)
        {
            warnings.Add("No variable of it exists.");
        }

        if (config.ReplacesLegacy && history.All.All(view => view.Record.State != RotationState.Closed))
        {
            warnings.Add("It is a legacy key, which cannot be rotated singly: rotate to a secret key and disable the legacy ones.");
        }

        if (mine.Any(entry => entry.Type == "plain"))
        {
            warnings.Add("A lane stores it as plain text.");
        }

        if (overdue)
        {
            warnings.Add("It is overdue.");
        }

        return warnings.Count == 0 ? null : string.Join(' ', warnings);
    }
}
