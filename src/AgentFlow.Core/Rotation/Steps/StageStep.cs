namespace AgentFlow.Rotation.Steps;

/// <summary>Puts the new value into every lane.</summary>
internal sealed class StageStep(LaneWriter writer) : IRotationStep
{
    public string Name => "stage";

    public RotationState To => RotationState.Staged;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken) =>
        await writer.WriteAsync(session, cancellationToken) with
        {
            Proof = ProofLevel.Written,
            ProofNote = "The variable store says that every lane was written.",
        };
}
