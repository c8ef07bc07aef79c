namespace AgentFlow.Benchmarks.Rls;

/// <summary>How much data a measurement has.</summary>
/// <param name="Tables">Tenant tables.</param>
/// <param name="Tenants">Tenants.</param>
/// <param name="Rows">Rows over all tables.</param>
/// <param name="Rounds">Times that each figure is taken; the best counts, because noise only adds.</param>
public sealed record RlsScale(int Tables, int Tenants, int Rows, int Rounds)
{
    /// <summary>What runs by default.</summary>
    public static RlsScale Brief { get; } = new(60, 10, 600_000, 7);

    /// <summary>What the bar is written for.</summary>
    public static RlsScale Full { get; } = new(100, 10, 1_000_000, 5);

    public int RowsPerTable => Rows / Tables;
}
