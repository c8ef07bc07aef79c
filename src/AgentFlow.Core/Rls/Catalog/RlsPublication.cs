namespace AgentFlow.Rls.Catalog;

/// <summary>A logical replication publication, for example the realtime feed.</summary>
public sealed record RlsPublication
{
    public required string Name { get; init; }

    public bool AllTables { get; init; }

    public IReadOnlyList<string> Schemas { get; init; } = [];

    public IReadOnlyList<RlsPublishedTable> Tables { get; init; } = [];
}
