namespace AgentFlow.Rls.Guard;

/// <summary>What is known about production, and which environment the operator means.</summary>
public sealed record RlsGuardPolicy
{
    /// <summary>The name that the marker must carry.</summary>
    public string? ExpectedEnvironment { get; init; }

    public IReadOnlyList<string> ProductionHosts { get; init; } = [];

    public IReadOnlyList<string> ProductionSystemIds { get; init; } = [];

    /// <summary>Supabase ref of production.</summary>
    public string? ProductionRef { get; init; }

    /// <summary>Refs that are known not to be production; with some listed, any other is refused.</summary>
    public IReadOnlyList<string> NonProductionRefs { get; init; } = [];

    /// <summary>What a config declares.</summary>
    public static RlsGuardPolicy From(AfConfig config, string? expectedEnvironment)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            ExpectedEnvironment = expectedEnvironment ?? config.Rls.ExpectedEnvironment,
            ProductionHosts = config.Rls.ProductionHosts,
            ProductionSystemIds = config.Rls.ProductionSystemIds,
            ProductionRef = config.Supabase.ProductionRef,
            NonProductionRefs = config.Supabase.NonProductionRefs,
        };
    }
}
