namespace AgentFlow.Rls.Catalog;

/// <summary>A foreign key (f) or check (c) constraint.</summary>
public sealed record RlsConstraint
{
    public required string Name { get; init; }

    public required long Relation { get; init; }

    public required string Kind { get; init; }

    public IReadOnlyList<int> Columns { get; init; } = [];

    public long? Target { get; init; }

    public IReadOnlyList<int> TargetColumns { get; init; } = [];

    public bool Inherited { get; init; }

    public string Definition { get; init; } = "";
}
