using System.Text.Json;
using AgentFlow.Faults;

namespace AgentFlow.Rotation;

/// <summary>Turns the entries of one credential's stream into its rotations. Pure: the same entries always give the same view.</summary>
internal static class RotationFold
{
    /// <summary>The view after one more entry; <paramref name="view"/> is null before a rotation's first.</summary>
    public static RotationView? Apply(RotationView? view, JournalEntry entry)
    {
        RotationFact fact = Read(entry);
        if (entry.Type == EntryType.Planned)
        {
            return Begin(entry, fact);
        }

        if (view is null || view.Record.RotationId != entry.Subject)
        {
            throw Malformed(entry);
        }

        RotationView merged = Merge(view, fact);
        merged = entry.Type switch
        {
            EntryType.State => Enter(merged, fact, entry),
            EntryType.Held => With(merged, merged.Record with { State = RotationState.Held, ResumeState = fact.ResumeState ?? merged.Record.ResumeState, Hold = fact.Hold }),
            EntryType.Resumed => With(merged, merged.Record with { State = fact.ResumeState ?? merged.Record.ResumeState, ResumeState = fact.ResumeState ?? merged.Record.ResumeState, Hold = null }) with { Failures = 0 },
            EntryType.Intent => Begun(merged, fact, entry),
            EntryType.Done => Ended(merged, fact, entry),
            EntryType.Refused => merged with { OpenCalls = merged.OpenCalls.Remove(fact.Call!) },
            EntryType.Failed => merged with { Failures = merged.Failures + 1 },
            _ => merged,
        };
        return With(merged, merged.Record with { UpdatedAt = entry.RecordedAt, Actor = entry.Actor, Sequence = entry.Sequence });
    }

    private static RotationView Begin(JournalEntry entry, RotationFact fact) => new()
    {
        PlanHash = fact.PlanHash ?? throw Malformed(entry),
        Record = new()
        {
            RotationId = entry.Subject,
            Credential = fact.Credential ?? throw Malformed(entry),
            Kind = fact.Kind ?? throw Malformed(entry),
            Compromised = fact.Compromised ?? false,
            State = RotationState.Planned,
            ResumeState = RotationState.Planned,
            StartedAt = entry.RecordedAt,
            UpdatedAt = entry.RecordedAt,
            Actor = entry.Actor,
            Sequence = entry.Sequence,
        },
    };

    private static RotationView Merge(RotationView view, RotationFact fact)
    {
        bool newGeneration = fact.Generation is { } generation && generation != view.Record.Generation;
        RotationRecord record = view.Record with
        {
            Generation = fact.Generation ?? view.Record.Generation,
            OldId = fact.OldId ?? view.Record.OldId,
            NewId = fact.NewId ?? (newGeneration ? null : view.Record.NewId),
            Lanes = fact.Lanes ?? view.Record.Lanes,
            DeploymentId = fact.DeploymentId ?? view.Record.DeploymentId,
            PreviousDeploymentId = fact.PreviousDeploymentId ?? view.Record.PreviousDeploymentId,
            Proof = fact.Proof ?? view.Record.Proof,
            ProofNote = fact.ProofNote ?? view.Record.ProofNote,
            Leftovers = fact.Leftovers ?? view.Record.Leftovers,
        };
        return view with
        {
            Record = record,
            KnownIds = fact.KnownIds ?? view.KnownIds,
            LaneStamp = fact.LaneStamp ?? view.LaneStamp,
            StagedServerAt = fact.StagedServerAt ?? view.StagedServerAt,
            FirstStagedServerAt = view.FirstStagedServerAt ?? fact.StagedServerAt,
            BuiltFromId = fact.BuiltFromId ?? view.BuiltFromId,
            NoFingerprint = fact.NoFingerprint ?? view.NoFingerprint,
            Attested = fact.Attested ?? view.Attested,
            UndoFrom = fact.UndoFrom ?? view.UndoFrom,
            Superseded = newGeneration && view.Record.NewId is { } made ? view.Superseded.Add(made) : view.Superseded,
            MintCalledAt = newGeneration ? null : view.MintCalledAt,
            Attempt = newGeneration ? 0 : view.Attempt,
        };
    }

    private static RotationView Enter(RotationView view, RotationFact fact, JournalEntry entry)
    {
        RotationState state = fact.State ?? throw Malformed(entry);
        RotationRecord record = view.Record with { State = state, ResumeState = state, Hold = null };
        record = state switch
        {
            RotationState.Staged => record with { StagedAt = entry.RecordedAt },
            RotationState.Promoted => record with { PromotedAt = entry.RecordedAt },
            RotationState.Proven => record with { ProvenAt = entry.RecordedAt },
            RotationState.Quiesced => record with { QuiescedAt = record.QuiescedAt ?? entry.RecordedAt },
            RotationState.Revoked => record with { RevokedAt = entry.RecordedAt },
            _ => record,
        };
        return With(view, record) with { OpenCalls = [], Failures = 0 };
    }

    private static RotationView Begun(RotationView view, RotationFact fact, JournalEntry entry) => view with
    {
        OpenCalls = view.OpenCalls.Add(fact.Call!),
        BegunCalls = view.BegunCalls.Add(fact.Call!),
        MintCalledAt = fact.Call == CallName.Mint ? view.MintCalledAt ?? entry.RecordedAt : view.MintCalledAt,
        LastMintCallAt = fact.Call == CallName.Mint ? entry.RecordedAt : view.LastMintCallAt,
        DomainsHeld = view.DomainsHeld || fact.Call == CallName.HoldDomains,
    };

    private static RotationView Ended(RotationView view, RotationFact fact, JournalEntry entry) => With(
        view with
        {
            OpenCalls = view.OpenCalls.Remove(fact.Call!),
            Attempt = fact.Call == CallName.Discard ? view.Attempt + 1 : view.Attempt,
            DomainsHeld = view.DomainsHeld && fact.Call != CallName.ReleaseDomains,
        },
        fact.Call switch
        {
            CallName.Quiesce => view.Record with { QuiescedAt = entry.RecordedAt },
            CallName.Restore => view.Record with { QuiescedAt = null },
            _ => view.Record,
        });

    private static RotationView With(RotationView view, RotationRecord record) => view with { Record = record };

    private static RotationFact Read(JournalEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Data, RotationJson.Default.RotationFact) ?? throw Malformed(entry);
        }
        catch (JsonException)
        {
            throw Malformed(entry);
        }
    }

    private static AfFaultException Malformed(JournalEntry entry) => new(
        FaultKind.InvalidData,
        FaultId.JournalMalformed,
        $"Entry {entry.Sequence} of {entry.Stream} is not one of a rotation.",
        "Run Test-AfJournal to see whether the journal was changed from outside.",
        entry.Stream);
}
