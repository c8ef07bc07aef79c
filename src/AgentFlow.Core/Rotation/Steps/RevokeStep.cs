using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Steps;

/// <summary>Ends the old credential, and with it whatever else this rotation made and did not keep; then looks whether it is dead.</summary>
internal sealed class RevokeStep(RotationPorts ports, ReleaseMoves moves, SealedValues values) : IRotationStep
{
    private const string Purpose = "retire";

    public string Name => "revoke";

    public RotationState To => RotationState.Revoked;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ICredentialKind kind = ports.KindOf(session.Config);
        RotationRecord record = session.View.Record;
        foreach (string id in await kind.FindMintedAsync(MintStep.Order(session, input), cancellationToken))
        {
            if (id != record.NewId)
            {
                await session.CallAsync(CallName.Discard, id, token => kind.DiscardAsync(session.Config, id, token), cancellationToken);
            }
        }

        await RemovePreviousAsync(session, cancellationToken);
        if (record.OldId is not { } old)
        {
            return new() { Proof = ProofLevel.OldDead, ProofNote = "No variable of the serving deployment holds the old value any more." };
        }

        if (kind.Describe(session.Config) is { OperatorRevokes: true } traits)
        {
            return session.View.Attested
                ? new() { ProofNote = "An operator attested that the old credential was revoked; that was not measured." }
                : throw new HeldException(
                    HoldCode.RevocationNeeded,
                    "The old credential must be revoked by an operator.",
                    $"{traits.RevokeCard} Then: Confirm-AfEnvRotation {session.Config.Name} -OldRevoked -Evidence '<where you saw it>', and Complete-AfEnvRotation.");
        }

        OldLife life = (await kind.ReadOldAsync(session.Config, old, cancellationToken)).Life;
        if (life != OldLife.Dead)
        {
            await session.CallAsync(CallName.Revoke, old, token => kind.RevokeAsync(session.Config, old, token), cancellationToken);
            life = (await kind.ReadOldAsync(session.Config, old, cancellationToken)).Life;
        }

        return life switch
        {
            OldLife.Dead => new() { Proof = ProofLevel.OldDead, ProofNote = $"The provider no longer knows {old}." },
            OldLife.Disabled when session.Config.ReplacesLegacy => new() { Proof = ProofLevel.OldDead, ProofNote = "The legacy keys are refused; enabling them again would bring them back." },
            _ => throw new AfFaultException(FaultKind.InvalidState, FaultId.RotationProofFailed, $"The old credential {old} was revoked and is still there.", "Look at it at the provider, then resume.", old),
        };
    }

    // Taking the variable away changes no running deployment: the value ends with the next one.
    private async Task RemovePreviousAsync(RotationSession session, CancellationToken cancellationToken)
    {
        List<RotationLane> previous = [.. session.View.Record.Lanes.Where(lane => lane.Part == LaneFinder.PreviousPart)];
        if (previous.Count == 0)
        {
            return;
        }

        IReadOnlyList<VariableEntry> entries = await ports.Variables.ListAsync(cancellationToken);
        List<string> ids = [.. previous.Select(lane => LaneFinder.EntryOf(lane, entries)?.Id).OfType<string>()];
        if (ids.Count > 0)
        {
            await session.CallAsync(CallName.RemovePrevious, string.Join(',', ids), token => ports.Variables.DeleteAsync(ids, token), cancellationToken);
        }

        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        BuildState build = await moves.BuildAsync(session, Purpose, serving, cancellationToken);
        await moves.RequireHealthyAsync(build.Url, cancellationToken);
        await moves.PromoteAsync(session, build.DeploymentId, cancellationToken);
        serving = await ports.Releases.ReadServingAsync(cancellationToken);
        await RequireGoneAsync(session, previous[0], serving, cancellationToken);
    }

    private async Task RequireGoneAsync(RotationSession session, RotationLane lane, ServingState serving, CancellationToken cancellationToken)
    {
        using CredentialParts? old = await values.ReadOldAsync(session.View, cancellationToken);
        if (old is null)
        {
            return;
        }

        using Secret any = Secret.FromChars("-");
        Dictionary<string, Secret> asked = new() { [lane.Name] = any };
        if (await ports.App.CompareAsync(serving.Alias, asked, cancellationToken) is { } reading && !reading.Missing.Contains(lane.Name))
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.RotationProofFailed, $"Deployment {serving.DeploymentId} still has {lane.Name}.", "See where else the variable is set, then resume.", lane.Name);
        }
    }
}
