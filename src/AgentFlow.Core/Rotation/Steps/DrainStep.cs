namespace AgentFlow.Rotation.Steps;

/// <summary>The application holds the value now; the sealed copy has no more use.</summary>
internal sealed class DrainStep(SealedValues values) : IRotationStep
{
    public string Name => "drain";

    public RotationState To => RotationState.Draining;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        await values.DestroyNewAsync(session.View, cancellationToken);
        return new();
    }
}
