using AgentFlow.Cmdlets.Session;

namespace AgentFlow;

/// <summary>A connected application: its pins, and behind them the credentials and clients, which are made on first use.</summary>
public sealed class AfContext
{
    internal AfContext(AfConfig config, string? configPath, Composition composition)
    {
        Config = config;
        ConfigPath = configPath;
        Composition = composition;
    }

    /// <summary>The application's name.</summary>
    public string Name => Config.Name;

    /// <summary>Where the config was read from.</summary>
    public string? ConfigPath { get; }

    /// <summary>Vercel project id (<c>prj_…</c>).</summary>
    public string? ProjectId => Config.Vercel.ProjectId;

    /// <summary>GitHub repository as <c>owner/name</c>, for display; the pin is <see cref="RepositoryId"/>.</summary>
    public string? Repository => Config.GitHub.Owner is { } owner ? $"{owner}/{Config.GitHub.Name}" : null;

    /// <summary>GitHub repository id.</summary>
    public long? RepositoryId => Config.GitHub.RepositoryId;

    /// <summary>The branch that production is built from.</summary>
    public string Branch => Config.GitHub.ProductionBranch;

    /// <summary>Supabase project ref of the configured database.</summary>
    public string? SupabaseRef => Config.Supabase.Ref;

    /// <summary>True when the outside systems are rehearsal copies on this machine.</summary>
    public bool IsSandbox => Config.Endpoints.Vercel is not null;

    /// <summary>Everything that the config says.</summary>
    public AfConfig Config { get; }

    internal Composition Composition { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
