namespace AgentFlow.Rls.Fixtures;

/// <summary>What a fixture has in one table.</summary>
/// <param name="Name"><c>schema.table</c>; of a partitioned table the partition.</param>
/// <param name="Rows">Rows of the fixture, those that triggers made included.</param>
/// <param name="Skipped">Why there is no row; null when there is one.</param>
public sealed record FixtureTable(string Name, int Rows, string? Skipped = null);
