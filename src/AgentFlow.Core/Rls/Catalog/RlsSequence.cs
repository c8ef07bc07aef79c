namespace AgentFlow.Rls.Catalog;

/// <summary>A sequence and which API roles may take from it or set it.</summary>
public sealed record RlsSequence
{
    public required string Schema { get; init; }

    public required string Name { get; init; }

    public long? OwnedBy { get; init; }

    public int? OwnedColumn { get; init; }

    public IReadOnlyList<RlsSequenceUse> DefaultOf { get; init; } = [];

    public IReadOnlyList<string> UsableBy { get; init; } = [];

    public IReadOnlyList<string> SettableBy { get; init; } = [];

    public string FullName => $"{Schema}.{Name}";
}
