namespace AgentFlow.Rotation.Steps;

/// <summary>Nothing that is sealed is needed any more.</summary>
internal sealed class CloseStep(SealedValues values) : IRotationStep
{
    public string Name => "close";

    public RotationState To => RotationState.Closed;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        await values.DestroyAllAsync(session.View, cancellationToken);
        return new();
    }
}
