namespace AgentFlow.Rls.Catalog;

/// <summary>A user trigger.</summary>
public sealed record RlsTrigger
{
    public required string Name { get; init; }

    public required long Relation { get; init; }

    public required long Routine { get; init; }

    public bool Before { get; init; }

    public bool InsteadOf { get; init; }

    public bool EachRow { get; init; }

    public bool OnInsert { get; init; }

    public bool OnUpdate { get; init; }

    public bool OnDelete { get; init; }

    public bool Enabled { get; init; }
}
