using System.Security.Cryptography;
using System.Text;
using AgentFlow.Faults;
using AgentFlow.Journal;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Steps;

/// <summary>Writes every lane in one call and reads back what the platform tells: a green write is not a write.</summary>
internal sealed class LaneWriter(RotationPorts ports, SealedValues values)
{
    /// <summary>Writes the sealed values; says when by the platform's clock, and the stamp of what then stands there.</summary>
    public async Task<RotationFact> WriteAsync(RotationSession session, CancellationToken cancellationToken)
    {
        RotationView view = session.View;
        using CredentialParts parts = await values.ReadNewAsync(view, cancellationToken) ?? throw Lost();
        using CredentialParts? old = await values.ReadOldAsync(view, cancellationToken);
        IReadOnlyList<VariableEntry> before = await ports.Variables.ListAsync(cancellationToken);
        foreach (RotationLane lane in view.Record.Lanes.Where(lane => lane.EntryId is not null && before.All(entry => entry.Id != lane.EntryId)))
        {
            throw new HeldException(HoldCode.ChangedUnderneath, $"{lane.Describe()} was removed since the rotation began.", "Put it back, then Resume-AfEnvRotation; or Undo-AfEnvRotation.");
        }

        List<VariableWrite> writes = [.. view.Record.Lanes.Select((lane, index) => new VariableWrite(lane, ValueOf(view, lane, index, parts, old)))];
        foreach (VariableWrite write in writes)
        {
            ValueGuard.Check(write.Value, write.Lane.Name);
        }

        await session.CallAsync(CallName.Stage, null, token => ports.Variables.WriteAsync(writes, token), cancellationToken);
        IReadOnlyList<VariableEntry> after = await ports.Variables.ListAsync(cancellationToken);
        foreach (VariableWrite write in writes)
        {
            await CompareAsync(write, after, cancellationToken);
        }

        return new()
        {
            StagedServerAt = view.Record.Lanes.Max(lane => LaneFinder.EntryOf(lane, after)!.UpdatedAt),
            LaneStamp = Stamp(view.Record.Lanes, after),
        };
    }

    /// <summary>Changes when any lane is written by anybody.</summary>
    public static string Stamp(IReadOnlyList<RotationLane> lanes, IReadOnlyList<VariableEntry> entries)
    {
        StringBuilder text = new();
        foreach (RotationLane lane in lanes)
        {
            VariableEntry? entry = LaneFinder.EntryOf(lane, entries);
            text.Append(entry?.Id).Append(' ').AppendLine(entry is null ? "-" : JournalChain.FormatTime(entry.UpdatedAt));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static Secret ValueOf(RotationView view, RotationLane lane, int index, CredentialParts parts, CredentialParts? old)
    {
        if (lane.Part != LaneFinder.PreviousPart)
        {
            return parts[lane.Part];
        }

        // The lane of the secret itself at the same place, whose earlier value this one now carries.
        int source = view.Record.Lanes.ToList().FindIndex(other => other.Part == CredentialParts.SecretPart
            && other.GitBranch == lane.GitBranch && other.Targets.SequenceEqual(lane.Targets) && other.CustomEnvironmentIds.SequenceEqual(lane.CustomEnvironmentIds));
        string part = SealedValues.LanePart(source);
        return old is not null && old.Names.Contains(part) ? old[part] : throw new AfFaultException(
            FaultKind.InvalidState,
            FaultId.SlotUnreadable,
            $"The value that {lane.Describe()} should take over is no longer sealed here.",
            "Undo-AfEnvRotation, or go on from the machine that began the rotation.",
            index.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task CompareAsync(VariableWrite write, IReadOnlyList<VariableEntry> after, CancellationToken cancellationToken)
    {
        VariableEntry? entry = LaneFinder.EntryOf(write.Lane, after);
        bool good = entry is not null;
        if (entry is { Readable: true })
        {
            using Secret? stored = await ports.Variables.ReadAsync(entry.Id, cancellationToken);
            good = stored is not null && stored.Matches(write.Value);
        }

        if (!good)
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.RotationProofFailed, $"{write.Lane.Describe()} does not hold what was written.", "Resume to write again.", write.Lane.Name);
        }
    }

    private static HeldException Lost() => new(
        HoldCode.ValueUnreadable,
        "The new value is not sealed on this machine.",
        "Go on from the machine that made it, or make another with Resume-AfEnvRotation -Regenerate.");
}
