using System.Security.Cryptography;
using AgentFlow.Faults;
using AgentFlow.Rotation.Steps;
using AgentFlow.Safety;

namespace AgentFlow.Rotation;

/// <summary>
/// The rotation procedure. Each method takes the credential's lease, goes on from what the journal says, and returns the record as
/// it then stands; a record that is <see cref="RotationState.Held"/> is an answer, not an error.
/// </summary>
public sealed class RotationEngine
{
    private readonly RotationPorts _ports;
    private readonly RotationPlanner _planner;
    private readonly RotationFlow _flow;
    private readonly RevocationGate _gate;
    private readonly SealedValues _values;
    private readonly ReleaseMoves _moves;
    private readonly Dictionary<RotationState, IRotationStep> _steps;
    private readonly UndoStep _undo;

    /// <param name="ports">Everything outside.</param>
    /// <param name="limits">How long to wait and how often to ask.</param>
    public RotationEngine(RotationPorts ports, RotationLimits limits)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(limits);
        _ports = ports;
        _planner = new(ports);
        _values = new(ports);
        _gate = new(ports);
        _moves = new(ports, limits);
        ValueProof proof = new(ports, _values);
        LaneWriter writer = new(ports, _values);
        _undo = new(ports, _moves, _values);
        _steps = new()
        {
            [RotationState.Planned] = new PreflightStep(_planner),
            [RotationState.Preflighted] = new MintStep(ports, _values),
            [RotationState.Minted] = new StageStep(writer),
            [RotationState.Staged] = new BuildStep(ports, _moves, proof),
            [RotationState.Built] = new PromoteStep(ports, _moves),
            [RotationState.Promoted] = new ProveStep(ports, _moves, proof, writer),
            [RotationState.Proven] = new DrainStep(_values),
            [RotationState.Draining] = new QuiesceStep(ports),
            [RotationState.Quiesced] = new RevokeStep(ports, _moves, _values),
            [RotationState.Revoked] = new CloseStep(_values),
        };
        _flow = new(ports, limits, _moves, _steps);
    }

    /// <summary>Reads everything and says what a rotation would do.</summary>
    public async Task<RotationPlan> PlanAsync(CredentialConfig config, bool compromised, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        RotationHistory history = await RotationStream.ReadAsync(_ports.Journal, config.Name, cancellationToken);
        RotationRecord? open = history.Newest is { Record.IsEnded: false } view ? view.Record : null;
        return (await _planner.ComputeAsync(config, history.CurrentId, compromised, open, cancellationToken)).Plan;
    }

    /// <summary>Begins a rotation and goes to Draining; the old credential is not touched, unless it is compromised.</summary>
    /// <param name="config">The credential.</param>
    /// <param name="reviewed">A plan that must still be true; null plans anew.</param>
    /// <param name="compromised">The old credential is disabled first where that is possible, and waiting blockers only warn.</param>
    /// <param name="value">What the operator made, for kinds that need it.</param>
    /// <param name="cancellationToken">Stops at the next journalled point.</param>
    /// <exception cref="AfFaultException">AfJournalBusy, AfRotationPlanStale, AfRotationBlocked.</exception>
    public async Task<RotationRecord> StartAsync(
        CredentialConfig config, RotationPlan? reviewed, bool compromised, Secret? value, CancellationToken cancellationToken)
    {
        await using RotationSession session = await RotationSession.OpenAsync(_ports, config, cancellationToken);
        RotationRecord? open = session.Found is { Record.IsEnded: false } view ? view.Record : null;
        (RotationPlan Plan, KindSnapshot Snapshot) planned = await _planner.ComputeAsync(
            config, session.CurrentId, reviewed?.Compromised ?? compromised, open, cancellationToken);
        if (reviewed is not null && reviewed.Hash != planned.Plan.Hash)
        {
            throw new AfFaultException(
                FaultKind.Conflict,
                FaultId.RotationPlanStale,
                $"The plan for {config.Name} is stale: what it was computed from has changed.",
                "Look at the new one with Invoke-AfEnvRotation -WhatIf and give that to -Plan.",
                config.Name);
        }

        List<RotationBlocker> blocking = [.. planned.Plan.Blockers.Where(blocker => blocker.Blocks)];
        if (blocking.Count > 0)
        {
            throw new AfFaultException(
                FaultKind.Guard,
                FaultId.RotationBlocked,
                $"The rotation of {config.Name} cannot begin: {string.Join(" ", blocking.Select(blocker => blocker.ToString()))}",
                "Remove what is in the way; Invoke-AfEnvRotation -WhatIf shows the plan with its blockers.",
                config.Name);
        }

        await session.BeginAsync(NewId(), new()
        {
            Credential = config.Name,
            Kind = config.Kind,
            Compromised = planned.Plan.Compromised,
            PlanHash = planned.Plan.Hash,
        });
        await _flow.AdvanceAsync(session, new() { Provided = value, Planned = planned }, RotationState.Draining, cancellationToken);
        return session.View.Record;
    }

    /// <summary>Goes on after a crash, a stop or a hold, at the provider's word about what happened.</summary>
    /// <param name="config">The credential.</param>
    /// <param name="regenerate">Makes another value; what the last one left at the provider is removed.</param>
    /// <param name="value">What the operator made, for kinds that need it.</param>
    /// <param name="cancellationToken">Stops at the next journalled point.</param>
    public async Task<RotationRecord> ResumeAsync(CredentialConfig config, bool regenerate, Secret? value, CancellationToken cancellationToken)
    {
        await using RotationSession session = await OpenAsync(config, cancellationToken);
        await LeaveHoldAsync(session);
        RotationRecord record = session.View.Record;
        if (record.State == RotationState.Undoing)
        {
            await _flow.RunAsync(session, _undo, new() { Provided = value }, cancellationToken);
            return session.View.Record;
        }

        if (regenerate)
        {
            await RegenerateAsync(session, cancellationToken);
        }

        await _flow.AdvanceAsync(session, new() { Provided = value }, RotationState.Draining, cancellationToken);

        // A completion that died goes on in the next one, which looks at the gate again.
        return session.View.Record;
    }

    /// <summary>Looks again at what is proven, and takes an operator's word for a revocation that only a person can make.</summary>
    public async Task<RotationRecord> ConfirmAsync(CredentialConfig config, bool oldRevoked, string? evidence, CancellationToken cancellationToken)
    {
        await using RotationSession session = await OpenAsync(config, cancellationToken);
        if (oldRevoked)
        {
            if (string.IsNullOrWhiteSpace(evidence) || !_ports.KindOf(config).Describe(config).OperatorRevokes || session.View.Record.ProvenAt is null)
            {
                throw Refused(session.View.Record, "An attested revocation needs evidence, a kind that people revoke, and a proven new value.");
            }

            await session.NoteAsync(EntryType.Attested, new() { Attested = true, Evidence = evidence });
            await LeaveHoldAsync(session);
        }

        if (session.View.Record.ResumeState == RotationState.Promoted)
        {
            await LeaveHoldAsync(session);
            await _flow.AdvanceAsync(session, new(), RotationState.Draining, cancellationToken);
        }

        if (await ProofNowAsync(session, cancellationToken) is { } proof)
        {
            await session.NoteAsync(EntryType.Proof, proof);
        }

        return session.View.Record with { Blockers = await _gate.EvaluateAsync(session, cancellationToken) };
    }

    /// <summary>Where the newest rotation stands and what speaks against taking the old credential away. Writes nothing.</summary>
    public async Task<RotationRecord> ReadAsync(CredentialConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        await using RotationSession session = await RotationSession.OpenAsync(_ports, config, cancellationToken);
        RotationRecord record = session.View.Record;
        return record is { IsEnded: false, ResumeState: RotationState.Draining or RotationState.Quiesced }
            ? record with { Blockers = await _gate.EvaluateAsync(session, cancellationToken) }
            : record;
    }

    /// <summary>Takes the old credential away as far as its gate is open: disabled, soaked, deleted, seen to be dead.</summary>
    public async Task<RotationRecord> CompleteAsync(CredentialConfig config, CancellationToken cancellationToken)
    {
        await using RotationSession session = await OpenAsync(config, cancellationToken);
        if (session.View.Record.ResumeState is not (RotationState.Draining or RotationState.Quiesced or RotationState.Revoked))
        {
            throw Refused(session.View.Record, "Only a rotation that is Draining or later can be completed.");
        }

        await LeaveHoldAsync(session);
        IReadOnlyList<RotationBlocker> blockers = [];
        while (session.View.Record.State < RotationState.Closed)
        {
            if (session.View.Record.State != RotationState.Revoked)
            {
                blockers = await _gate.EvaluateAsync(session, cancellationToken);
                if (blockers.Any(blocker => blocker.Blocks))
                {
                    break;
                }
            }

            if (!await _flow.RunAsync(session, _steps[session.View.Record.State], new(), cancellationToken))
            {
                break;
            }
        }

        return session.View.Record with { Blockers = blockers };
    }

    /// <summary>Goes back to the old credential.</summary>
    /// <param name="config">The credential.</param>
    /// <param name="oldValue">The old value, where it could not be read back before it was replaced.</param>
    /// <param name="cancellationToken">Stops at the next journalled point.</param>
    public async Task<RotationRecord> UndoAsync(CredentialConfig config, Secret? oldValue, CancellationToken cancellationToken)
    {
        await using RotationSession session = await OpenAsync(config, cancellationToken);
        await LeaveHoldAsync(session);
        RotationRecord record = session.View.Record;
        if (record.State is RotationState.Revoked || session.View.BegunCalls.Contains(CallName.Revoke))
        {
            throw Refused(record, "The revocation of the old credential has begun, so there is no way back.");
        }

        if (record.State != RotationState.Undoing)
        {
            await session.EnterAsync(RotationState.Undoing, new() { UndoFrom = record.State });
        }

        await _flow.RunAsync(session, _undo, new() { Provided = oldValue }, cancellationToken);
        return session.View.Record;
    }

    /// <summary>Gives the rotation up where it stands and lists what stays behind.</summary>
    public async Task<RotationRecord> StopAsync(CredentialConfig config, CancellationToken cancellationToken)
    {
        await using RotationSession session = await OpenAsync(config, cancellationToken);
        string? unreadable = null;
        try
        {
            await _moves.ReleaseDomainsAsync(session, cancellationToken);
        }
        catch (AfFaultException fault) when (Transient.Is(fault.Kind))
        {
            unreadable = "The project's automatic assignment of domains is still off: turn it on in the dashboard.";
        }

        List<string> leftovers = await LeftoverList.ReadAsync(session, _ports.KindOf(config), cancellationToken);
        if (unreadable is not null)
        {
            leftovers.Add(unreadable);
        }

        await _values.DestroyAllAsync(session.View, cancellationToken);
        await session.EnterAsync(RotationState.Abandoned, new() { Leftovers = leftovers });
        return session.View.Record;
    }

    /// <summary>The newest rotation of every credential that has one; all of them with <paramref name="history"/>.</summary>
    public async IAsyncEnumerable<RotationRecord> ListAsync(
        string? credential, bool history, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEnumerable<string> names = credential is not null
            ? [credential]
            : (await _ports.Journal.ReadHeadsAsync(cancellationToken)).Select(head => RotationStream.CredentialOf(head.Stream)).OfType<string>();
        foreach (string name in names)
        {
            RotationHistory all = await RotationStream.ReadAsync(_ports.Journal, name, cancellationToken);
            foreach (RotationView view in history ? all.All : all.All.TakeLast(1))
            {
                yield return view.Record;
            }
        }
    }

    private async Task<RotationSession> OpenAsync(CredentialConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        RotationSession session = await RotationSession.OpenAsync(_ports, config, cancellationToken);
        if (session.Found is { Record.IsEnded: false })
        {
            return session;
        }

        await session.DisposeAsync();
        throw session.Found is { } ended ? Refused(ended.Record, $"Rotation {ended.Record.RotationId} has ended.") : RotationStream.NotFound(config.Name);
    }

    private static Task LeaveHoldAsync(RotationSession session) => session.View.Record.State == RotationState.Held
        ? session.NoteAsync(EntryType.Resumed, new() { ResumeState = session.View.Record.ResumeState })
        : Task.CompletedTask;

    private async Task RegenerateAsync(RotationSession session, CancellationToken cancellationToken)
    {
        RotationView view = session.View;
        if (view.Record.State is < RotationState.Preflighted or > RotationState.Draining || view.BegunCalls.Contains(CallName.Quiesce))
        {
            throw Refused(view.Record, "Another value can be made from Preflighted until Draining, while the old credential works.");
        }

        // What stands in a lane goes with the old credential; what was never written anywhere goes now, it may take the only place.
        ICredentialKind kind = _ports.KindOf(session.Config);
        bool staged = view.BegunCalls.Contains(CallName.Stage);
        if (staged && kind.Describe(session.Config).ReplacesInPlace && await ServesNewAsync(view, cancellationToken))
        {
            throw Refused(view.Record, "Production may be served with the value that another one would end: go back with Undo-AfEnvRotation, or complete this rotation and begin the next.");
        }

        foreach (string id in await kind.FindMintedAsync(MintStep.Order(session, new()), cancellationToken))
        {
            if (!view.Superseded.Contains(id) && !(staged && id == view.Record.NewId))
            {
                await session.CallAsync(CallName.Discard, id, token => kind.DiscardAsync(session.Config, id, token), cancellationToken);
            }
        }

        await _values.DestroyNewAsync(view, cancellationToken);
        await session.EnterAsync(RotationState.Preflighted, new() { Generation = view.Record.Generation + 1 });
    }

    private async Task<bool> ServesNewAsync(RotationView view, CancellationToken cancellationToken) => view.BegunCalls.Contains(CallName.Promote)
        || (await _ports.Releases.ReadServingAsync(cancellationToken)).CreatedAt > (view.FirstStagedServerAt ?? view.Record.StartedAt);

    private async Task<RotationFact?> ProofNowAsync(RotationSession session, CancellationToken cancellationToken)
    {
        RotationRecord record = session.View.Record;
        if (record is not { ProvenAt: { } proven, OldId: { } old } || record.Proof >= ProofLevel.OldUnused)
        {
            return null;
        }

        ICredentialKind kind = _ports.KindOf(session.Config);
        TimeSpan soak = TimeSpan.FromMinutes(session.Config.SoakMinutes);
        if (!kind.Describe(session.Config).TellsUse || _ports.Time.GetUtcNow() < proven + soak)
        {
            return null;
        }

        OldCredential state = await kind.ReadOldAsync(session.Config, old, cancellationToken);
        return state is { InUseNow: false } && !(state.LastUsedAt > proven)
            ? new() { Proof = ProofLevel.OldUnused, ProofNote = $"{old} was not used since the new one was proven, for the whole soak." }
            : null;
    }

    private static AfFaultException Refused(RotationRecord record, string reason) => new(
        FaultKind.InvalidState,
        FaultId.RotationStateRefused,
        $"{reason} {record.RotationId} of {record.Credential} is {record.State}.",
        "See Get-AfEnvRotation for where it stands and about_AgentFlow_Rotation for the ways from there.",
        record.RotationId);

    private static string NewId() => "rot_" + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);
}
