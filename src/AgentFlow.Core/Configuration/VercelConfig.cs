namespace AgentFlow;

/// <summary>The Vercel side of the application, pinned by id.</summary>
public sealed record VercelConfig
{
    /// <summary><c>team_…</c>; null for a personal account.</summary>
    public string? TeamId { get; init; }

    /// <summary><c>prj_…</c>; the pin. A project that only has the right name fails.</summary>
    public string? ProjectId { get; init; }

    /// <summary>For display only.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Hosts that must point at production, for example <c>agentflow.example</c>.</summary>
    public IReadOnlyList<string> ProductionDomains { get; init; } = [];

    /// <summary>Reference to the access token.</summary>
    public string Token { get; init; } = "env:VERCEL_TOKEN";

    /// <summary>Reference to the protection bypass secret for automation, if deployments are protected.</summary>
    public string? ProtectionBypass { get; init; }
}
