namespace AgentFlow;

/// <summary>The database side.</summary>
public sealed record SupabaseConfig
{
    /// <summary>Project ref of production.</summary>
    public string? ProductionRef { get; init; }

    /// <summary>Project ref that the configured <see cref="Database"/> belongs to.</summary>
    public string? Ref { get; init; }

    /// <summary>Refs on which probes may write; one of the two signals of the production guard.</summary>
    public IReadOnlyList<string> NonProductionRefs { get; init; } = [];

    /// <summary>Reference to an Npgsql connection string of the non-production database.</summary>
    public string? Database { get; init; }

    /// <summary>Reference to a Management API token (<c>sbp_…</c>).</summary>
    public string Token { get; init; } = "env:SUPABASE_ACCESS_TOKEN";
}
