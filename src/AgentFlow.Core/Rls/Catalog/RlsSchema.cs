namespace AgentFlow.Rls.Catalog;

/// <summary>One schema and which API roles may use it or create in it.</summary>
public sealed record RlsSchema
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public IReadOnlyList<string> UsableBy { get; init; } = [];

    public IReadOnlyList<string> CreatableBy { get; init; } = [];

    public IReadOnlyList<RlsGrantEntry> Grants { get; init; } = [];
}
