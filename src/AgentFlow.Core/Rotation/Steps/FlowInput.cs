using AgentFlow.Safety;

namespace AgentFlow.Rotation.Steps;

/// <summary>What the operator gave to this call.</summary>
internal sealed record FlowInput
{
    public Secret? Provided { get; init; }

    /// <summary>The plan that was computed a moment ago under the same lease, so that its reads are not made twice.</summary>
    public (RotationPlan Plan, KindSnapshot Snapshot)? Planned { get; init; }
}
