using AgentFlow.Rls.Guard;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls;

/// <summary>What one run of <c>Test-AfRls</c> is asked to do.</summary>
public sealed record RlsOptions
{
    /// <summary>Layers to run; all by default.</summary>
    public IReadOnlyList<RlsLayer> Layers { get; init; } = [];

    /// <summary>Schemas to report about, with wildcards; all by default.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>Tables to report about, with wildcards, <c>table</c> or <c>schema.table</c>; all by default.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    public RlsGuardPolicy Guard { get; init; } = new();

    public TenancyHints Hints { get; init; } = new();

    public RlsSpec? Spec { get; init; }

    /// <summary>Empty to find them.</summary>
    public IReadOnlyList<string> ApiRoles { get; init; } = [];

    /// <summary>The most row evaluations of exact mode.</summary>
    public long RowBudget { get; init; } = 50_000_000;

    /// <summary>Connections for the reading probes; 2 halves the time where the server has the cores.</summary>
    public int Connections { get; init; } = 2;

    public bool Wants(RlsLayer layer) => Layers.Count == 0 || Layers.Contains(layer);

    /// <summary>What a config declares, for one run.</summary>
    public static RlsOptions From(AfConfig config, string? expectedEnvironment, RlsSpec? spec)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new()
        {
            Guard = RlsGuardPolicy.From(config, expectedEnvironment),
            Hints = TenancyHints.From(config, spec),
            Spec = spec,
            ApiRoles = config.Rls.ApiRoles,
            RowBudget = config.Rls.RowBudget,
        };
    }
}
