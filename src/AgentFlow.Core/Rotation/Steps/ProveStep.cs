using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Steps;

/// <summary>Shows on the alias that production is the new deployment, healthy, with the new value.</summary>
internal sealed class ProveStep(RotationPorts ports, ReleaseMoves moves, ValueProof proof, LaneWriter writer) : IRotationStep
{
    public string Name => "prove";

    public RotationState To => RotationState.Proven;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        bool ours = serving.DeploymentId == session.View.Record.DeploymentId || serving.CreatedAt > session.View.StagedServerAt;
        if (!ours || serving.RolledBack)
        {
            throw new HeldException(
                HoldCode.ChangedUnderneath,
                $"Production is served by {serving.DeploymentId}, which was built before the new value was written.",
                $"Promote {session.View.Record.DeploymentId} or a newer deployment, then Resume-AfEnvRotation; or Undo-AfEnvRotation.");
        }

        await moves.RequireHealthyAsync(serving.Alias, cancellationToken);
        bool same = await proof.CompareAsync(session, serving.Alias, serving.DeploymentId, cancellationToken);
        // A write that came late, or somebody else's: while the value is still sealed it is simply written again.
        bool changed = LaneWriter.Stamp(session.View.Record.Lanes, await ports.Variables.ListAsync(cancellationToken)) != session.View.LaneStamp;
        RotationFact lanes = changed ? await writer.WriteAsync(session, cancellationToken) : new();
        return lanes with
        {
            DeploymentId = serving.DeploymentId,
            Proof = same ? ProofLevel.SameValue : ProofLevel.Boots,
            NoFingerprint = !same,
            ProofNote = same
                ? "The application's keyed fingerprint agrees with the new value."
                : "The application offers no fingerprint route, so it is shown that the new deployment is healthy, not that it holds the new value.",
        };
    }
}
