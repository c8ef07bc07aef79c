using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Steps;

/// <summary>Lets the new deployment serve, unless somebody deployed a newer one meanwhile, which has the new value as well.</summary>
internal sealed class PromoteStep(RotationPorts ports, ReleaseMoves moves) : IRotationStep
{
    public string Name => "promote";

    public RotationState To => RotationState.Promoted;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        RotationRecord record = session.View.Record;
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        if (serving.DeploymentId != record.DeploymentId && serving.DeploymentId != session.View.BuiltFromId)
        {
            return serving.CreatedAt > session.View.StagedServerAt && !serving.RolledBack
                ? new() { DeploymentId = serving.DeploymentId }
                : throw new HeldException(
                    HoldCode.ChangedUnderneath,
                    $"Production is served by {serving.DeploymentId}, which is neither the deployment before nor one with the new value.",
                    "Promote the deployment that should serve, then Resume-AfEnvRotation.");
        }

        await moves.PromoteAsync(session, record.DeploymentId!, cancellationToken);
        return new();
    }
}
