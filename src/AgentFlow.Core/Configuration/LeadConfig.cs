namespace AgentFlow;

/// <summary>How one synthetic lead is sent through the application and found again.</summary>
public sealed record LeadConfig
{
    /// <summary>The app's own lead intake.</summary>
    public string Path { get; init; } = "/api/leads";

    /// <summary>Reference to the key of the test tenant; sent as a bearer token.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The test tenant (its id as text).</summary>
    public string? OrganizationId { get; init; }

    /// <summary>A user of the test tenant and one of another tenant, for the isolation check; found through memberships when null.</summary>
    public string? OtherUserId { get; init; }

    /// <summary>Column of the lead that holds the correlation id; <c>column.key</c> reads a JSON column.</summary>
    public string CorrelationColumn { get; init; } = "correlation_id";

    /// <summary>Column of qualification and audit rows that points at the lead.</summary>
    public string LeadColumn { get; init; } = "lead_id";

    /// <summary>Column of the qualification that holds its state.</summary>
    public string StatusColumn { get; init; } = "status";

    /// <summary>States in which a qualification is finished.</summary>
    public IReadOnlyList<string> TerminalStates { get; init; } = ["qualified", "disqualified", "failed"];

    /// <summary>Terminal states that mean that qualification did not work.</summary>
    public IReadOnlyList<string> FailedStates { get; init; } = ["failed"];

    /// <summary>Counter that one lead raises by exactly one, in column <c>metric</c> of the usage table.</summary>
    public string UsageMetric { get; init; } = "leads_qualified";

    /// <summary>Value column of the usage table.</summary>
    public string UsageColumn { get; init; } = "value";

    /// <summary>Integrations whose outcome is confirmed; an integration that the tenant has not configured is skipped with that reason.</summary>
    public IReadOnlyList<string> Integrations { get; init; } = [];

    /// <summary>Table with one row per lead and integration (<c>integration</c>, <c>status</c>, <see cref="LeadColumn"/>).</summary>
    public string IntegrationTable { get; init; } = "integration_events";

    /// <summary>How long to wait for the terminal state, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 60;
}
