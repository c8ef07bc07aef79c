using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Everything that acting as tenants showed in one run.</summary>
public sealed record BehaviourObservations
{
    public required IReadOnlyList<RlsPrincipal> Principals { get; init; }

    public required ReadPlan Plan { get; init; }

    public IReadOnlyList<ReadObservation> Reads { get; init; } = [];

    /// <summary>The rows that were tried where not all were, by relation.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<WitnessRow>> Witnesses { get; init; } = new Dictionary<long, IReadOnlyList<WitnessRow>>();

    public IReadOnlyList<HelperObservation> Helpers { get; init; } = [];

    public IReadOnlyList<WriteObservation> Writes { get; init; } = [];

    public IReadOnlyList<RoutineObservation> Routines { get; init; } = [];

    /// <summary>What callers without a tenant saw of views without a tenant column.</summary>
    public IReadOnlyList<UntaggedObservation> Untagged { get; init; } = [];

    /// <summary>Writes that were not tried, with the reason.</summary>
    public IReadOnlyList<(Catalog.RlsRelation Relation, string Reason)> Untried { get; init; } = [];

    /// <summary>What lets a leak or a denial happen, by observation.</summary>
    public IReadOnlyDictionary<object, IReadOnlyList<RlsCause>> Causes { get; init; } = new Dictionary<object, IReadOnlyList<RlsCause>>();
}
