using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Steps;

/// <summary>Builds what serves now with the new value and checks it on its own address, before any visitor sees it.</summary>
internal sealed class BuildStep(RotationPorts ports, ReleaseMoves moves, ValueProof proof) : IRotationStep
{
    public const string Purpose = "g";

    public string Name => "build";

    public RotationState To => RotationState.Built;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
        if (serving.RolledBack)
        {
            throw new HeldException(
                HoldCode.ChangedUnderneath, $"Production was rolled back to {serving.DeploymentId} since the rotation began.", "Promote the deployment that should serve, then Resume-AfEnvRotation.");
        }

        BuildState build = await moves.BuildAsync(session, Purpose, serving, cancellationToken);
        await moves.RequireHealthyAsync(build.Url, cancellationToken);
        await proof.CompareAsync(session, build.Url, build.DeploymentId, cancellationToken);

        // The way back is the last deployment with the old value: not one that an earlier value, or the variables of now, went into.
        bool old = session.View.Record.Generation == 1 && !(serving.CreatedAt > session.View.StagedServerAt);
        return new() { DeploymentId = build.DeploymentId, BuiltFromId = serving.DeploymentId, PreviousDeploymentId = old ? serving.DeploymentId : null };
    }
}
