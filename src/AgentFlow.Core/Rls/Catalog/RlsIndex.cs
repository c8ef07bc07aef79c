namespace AgentFlow.Rls.Catalog;

/// <summary>A valid index; column 0 stands for an expression.</summary>
public sealed record RlsIndex
{
    public required string Name { get; init; }

    public required long Relation { get; init; }

    public IReadOnlyList<int> Columns { get; init; } = [];

    public bool Unique { get; init; }

    public bool Primary { get; init; }

    public bool Partial { get; init; }

    public string Definition { get; init; } = "";
}
