using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Rotation.Steps;

namespace AgentFlow.Rotation;

/// <summary>Everything that speaks against taking the old credential away now. What cannot be read speaks against it.</summary>
internal sealed class RevocationGate(RotationPorts ports)
{
    /// <summary>The blockers; none that blocks means that the way is free.</summary>
    public async Task<IReadOnlyList<RotationBlocker>> EvaluateAsync(RotationSession session, CancellationToken cancellationToken)
    {
        List<RotationBlocker> blockers = [];
        RotationView view = session.View;
        await ReadAsync(blockers, BlockerCode.NotProven, async () => await ProofAsync(view, cancellationToken));
        await ReadAsync(blockers, BlockerCode.OldTraffic, async () => await TrafficAsync(view, cancellationToken));
        await ReadAsync(blockers, BlockerCode.RollbackFloor, async () => await FloorAsync(view, cancellationToken));
        await ReadAsync(blockers, BlockerCode.OldStillUsed, async () => await UseAsync(session, cancellationToken));
        await ReadAsync(blockers, BlockerCode.IncidentOpen, () => ports.Freeze.ReadAsync(cancellationToken));
        await ReadAsync(blockers, BlockerCode.SharedCredential, async () => await SharingAsync(session, cancellationToken));
        TimeSpan window = ports.KindOf(session.Config).Describe(session.Config).RetryWindow;
        if (window > TimeSpan.Zero && view.Record is { OldId: not null, PromotedAt: { } promoted } && Now < promoted + window)
        {
            blockers.Add(new()
            {
                Code = BlockerCode.RetryWindow,
                Reason = $"The provider may repeat or report for {window.TotalHours:0} hours after the promotion.",
                ClearsAt = promoted + window,
            });
        }

        return [.. blockers.Select(blocker => blocker with { Blocks = blocker.Blocks && !(view.Record.Compromised && Waits(blocker.Code)) })];
    }

    private DateTimeOffset Now => ports.Time.GetUtcNow();

    // For a known compromise waiting costs more than what the wait protects.
    private static bool Waits(BlockerCode code) => code is BlockerCode.OldTraffic or BlockerCode.RollbackFloor or BlockerCode.OldStillUsed or BlockerCode.RetryWindow or BlockerCode.IncidentOpen;

    private static async Task ReadAsync(List<RotationBlocker> blockers, BlockerCode code, Func<Task<IReadOnlyList<RotationBlocker>>> read)
    {
        try
        {
            blockers.AddRange(await read());
        }
        catch (AfFaultException fault)
        {
            blockers.Add(new() { Code = code, Reason = $"It could not be read: {fault.Message}" });
        }
    }

    private async Task<IReadOnlyList<RotationBlocker>> ProofAsync(RotationView view, CancellationToken cancellationToken)
    {
        List<RotationBlocker> blockers = [];
        if (view.Record.ProvenAt is null || view.Record.Proof < (view.NoFingerprint ? ProofLevel.Boots : ProofLevel.SameValue))
        {
            blockers.Add(new() { Code = BlockerCode.NotProven, Reason = "The application has not been seen to hold the new value." });
        }

        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        if (serving.RolledBack)
        {
            blockers.Add(new() { Code = BlockerCode.PinnedRollback, Reason = $"Production is pinned to {serving.DeploymentId} by a rollback, which brings back the values of its build." });
        }

        if (serving.DeploymentId != view.Record.DeploymentId && !(serving.CreatedAt > view.StagedServerAt))
        {
            blockers.Add(new() { Code = BlockerCode.NotProven, Reason = $"Production is served by {serving.DeploymentId}, which was built before the new value was written." });
        }

        IReadOnlyList<RotationLane> lanes = view.Record.Lanes;
        bool removing = view.BegunCalls.Contains(CallName.RemovePrevious);
        if (!removing && LaneWriter.Stamp(lanes, await ports.Variables.ListAsync(cancellationToken)) != view.LaneStamp)
        {
            blockers.Add(new() { Code = BlockerCode.NotProven, Reason = "The variables were changed after the value was proven; make and prove another with Resume-AfEnvRotation -Regenerate." });
        }

        return blockers;
    }

    private async Task<IReadOnlyList<RotationBlocker>> TrafficAsync(RotationView view, CancellationToken cancellationToken)
    {
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        if (serving.Rolling)
        {
            return [new() { Code = BlockerCode.OldTraffic, Reason = "A rolling release splits the traffic." }];
        }

        DateTimeOffset? until = view.Record.PromotedAt + serving.SkewAge;
        return until is null || Now < until
            ? [new() { Code = BlockerCode.OldTraffic, Reason = "Skew protection keeps deployments with the old value answering.", ClearsAt = until }]
            : [];
    }

    private async Task<IReadOnlyList<RotationBlocker>> FloorAsync(RotationView view, CancellationToken cancellationToken) =>
        view.StagedServerAt is { } staged && (await ports.Releases.FindFallbacksAsync(staged, cancellationToken)).Count > 0
            ? []
            :
            [
                new()
                {
                    Code = BlockerCode.RollbackFloor,
                    Reason = "Every deployment to roll back to was built with the old value; the next ordinary production deployment removes this.",
                },
            ];

    private async Task<IReadOnlyList<RotationBlocker>> UseAsync(RotationSession session, CancellationToken cancellationToken)
    {
        RotationRecord record = session.View.Record;
        ICredentialKind kind = ports.KindOf(session.Config);
        TimeSpan soak = TimeSpan.FromMinutes(session.Config.SoakMinutes);
        List<RotationBlocker> blockers = [];
        if (record.OldId is { } old && kind.Describe(session.Config).TellsUse)
        {
            OldCredential state = await kind.ReadOldAsync(session.Config, old, cancellationToken);
            if (state.InUseNow)
            {
                blockers.Add(new() { Code = BlockerCode.OldStillUsed, Reason = $"{old} is in use at this moment." });
            }

            if (state.LastUsedAt is { } used && used > record.ProvenAt && Now < used + soak)
            {
                blockers.Add(new() { Code = BlockerCode.OldStillUsed, Reason = $"{old} was used after the new one was proven.", ClearsAt = used + soak });
            }
        }

        if (SoakBegan(record, kind.Describe(session.Config)) is { } began && Now < began + soak)
        {
            blockers.Add(new() { Code = BlockerCode.OldStillUsed, Reason = "The soak is not over.", ClearsAt = began + soak });
        }

        return blockers;
    }

    // Counted from the disabling where a provider can disable, else from the proof; nothing to take away needs no soak.
    private static DateTimeOffset? SoakBegan(RotationRecord record, KindTraits traits) => record.OldId is not null && traits.CanQuiesce
        ? (record.ResumeState == RotationState.Quiesced ? record.QuiescedAt : null)
        : record.OldId is not null || record.Lanes.Any(lane => lane.Part == LaneFinder.PreviousPart) ? record.ProvenAt : null;

    private async Task<IReadOnlyList<RotationBlocker>> SharingAsync(RotationSession session, CancellationToken cancellationToken)
    {
        if (session.Config.SharedWith is { Count: > 0 } shared)
        {
            return [new() { Code = BlockerCode.SharedCredential, Reason = $"{string.Join(", ", shared)} uses the old value as well; move it, then empty sharedWith." }];
        }

        if (session.Config.SharedWith is not null || session.View.Record.OldId is null)
        {
            return [];
        }

        HashSet<string> readable = [.. (await ports.Variables.ListAsync(cancellationToken)).Where(entry => entry.Readable).Select(entry => entry.Id)];
        return session.View.Record.Lanes.Any(lane => ValueSharing.IsSecret(lane.Part) && lane.EntryId is { } id && !readable.Contains(id))
            ?
            [
                new()
                {
                    Code = BlockerCode.SharedCredential,
                    Reason = "A lane cannot be read back, so nobody can see whether something else uses the value; list the others, or none, in sharedWith.",
                },
            ]
            : [];
    }
}
