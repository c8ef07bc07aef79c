using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Steps;

/// <summary>
/// The way back, in the order in which nothing is without a working credential: the old one enabled, the lanes written back,
/// production on the old value, and only then the new credential removed.
/// </summary>
internal sealed class UndoStep(RotationPorts ports, ReleaseMoves moves, SealedValues values) : IRotationStep
{
    private const string Purpose = "undo";

    public string Name => "undo";

    public RotationState To => RotationState.Undone;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ICredentialKind kind = ports.KindOf(session.Config);
        await RestoreOldAsync(session, kind, cancellationToken);
        if (session.View.BegunCalls.Contains(CallName.Stage))
        {
            await RestoreLanesAsync(session, input, cancellationToken);
            await RestoreTrafficAsync(session, cancellationToken);
        }

        await moves.ReleaseDomainsAsync(session, cancellationToken);
        List<string> made = [.. await kind.FindMintedAsync(MintStep.Order(session, input), cancellationToken)];
        if (session.View.Record.NewId is { } id && !made.Contains(id))
        {
            made.Add(id);
        }

        foreach (string one in made.Where(one => one != session.View.Record.OldId))
        {
            await session.CallAsync(CallName.Discard, one, token => kind.DiscardAsync(session.Config, one, token), cancellationToken);
        }

        await values.DestroyAllAsync(session.View, cancellationToken);
        return new() { ProofNote = "The old credential is in use again; the new one was removed." };
    }

    private static async Task RestoreOldAsync(RotationSession session, ICredentialKind kind, CancellationToken cancellationToken)
    {
        if (session.View.Record.OldId is not { } old || !session.View.BegunCalls.Contains(CallName.Quiesce))
        {
            return;
        }

        if ((await kind.ReadOldAsync(session.Config, old, cancellationToken)).Life == OldLife.Disabled)
        {
            await session.CallAsync(CallName.Restore, old, token => kind.RestoreAsync(session.Config, old, token), cancellationToken);
        }
    }

    private async Task RestoreLanesAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        RotationView view = session.View;
        using CredentialParts? old = await values.ReadOldAsync(view, cancellationToken);
        IReadOnlyList<VariableEntry> now = await ports.Variables.ListAsync(cancellationToken);
        List<VariableWrite> writes = [];
        List<string> made = [];
        for (int index = 0; index < view.Record.Lanes.Count; index++)
        {
            RotationLane lane = view.Record.Lanes[index];
            if (lane.EntryId is null)
            {
                made.AddRange(LaneFinder.EntryOf(lane, now) is { } entry ? [entry.Id] : []);
            }
            else
            {
                writes.Add(new(lane, OldValue(view, lane, index, old, input)));
            }
        }

        await session.CallAsync(
            CallName.RestoreLanes,
            null,
            async token =>
            {
                await ports.Variables.WriteAsync(writes, token);
                await ports.Variables.DeleteAsync(made, token);
            },
            cancellationToken);
    }

    private static Secret OldValue(RotationView view, RotationLane lane, int index, CredentialParts? old, FlowInput input)
    {
        string part = SealedValues.LanePart(index);
        if (old is not null && old.Names.Contains(part))
        {
            return old[part];
        }

        if (lane.Part == CredentialParts.IdPart && view.Record.OldId is { } id)
        {
            return Secret.FromChars(id);
        }

        return ValueSharing.IsSecret(lane.Part) && input.Provided is { } given ? given : throw new HeldException(
            HoldCode.ValueNeeded,
            $"{lane.Describe()} could not be read back before it was written, so its old value is not known here.",
            $"Give it with Undo-AfEnvRotation {view.Record.Credential} -OldValue (Read-Host -AsSecureString), or go forward with Resume-AfEnvRotation.",
            $"The value that {lane.Describe()} held before the rotation.");
    }

    private async Task RestoreTrafficAsync(RotationSession session, CancellationToken cancellationToken)
    {
        RotationRecord record = session.View.Record;
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        bool built = serving.DeploymentId == record.DeploymentId || await IsBuiltAsync(session, BuildStep.Purpose, serving, cancellationToken);
        if (serving.DeploymentId == record.PreviousDeploymentId || (!built && session.View.FirstStagedServerAt is { } staged && serving.CreatedAt <= staged))
        {
            return;
        }

        if (built && record.PreviousDeploymentId is { } previous)
        {
            await moves.PromoteAsync(session, previous, cancellationToken);
            return;
        }

        // Something newer was deployed with a value of this rotation: the same sources are built again with the old one.
        if (!await IsBuiltAsync(session, Purpose, serving, cancellationToken))
        {
            BuildState build = await moves.BuildAsync(session, Purpose, serving, cancellationToken);
            await moves.RequireHealthyAsync(build.Url, cancellationToken);
            await moves.PromoteAsync(session, build.DeploymentId, cancellationToken);
        }
    }

    // For any of the values that this rotation made.
    private async Task<bool> IsBuiltAsync(RotationSession session, string purpose, ServingState serving, CancellationToken cancellationToken)
    {
        for (int generation = session.View.Record.Generation; generation >= 1; generation--)
        {
            if ((await ports.Releases.FindBuildsAsync(ReleaseMoves.Tag(session.View.Record.RotationId, purpose, generation), cancellationToken)).Contains(serving.DeploymentId))
            {
                return true;
            }
        }

        return false;
    }
}
