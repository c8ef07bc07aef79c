namespace AgentFlow.Rotation.Steps;

/// <summary>
/// One way forward. It looks before it acts, so it can be begun again at any point, by another process, after any of its calls was
/// lost: what it finds done it does not do again.
/// </summary>
internal interface IRotationStep
{
    string Name { get; }

    /// <summary>The state that its end enters.</summary>
    RotationState To { get; }

    /// <summary>What the journal says about its end.</summary>
    Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken);
}
