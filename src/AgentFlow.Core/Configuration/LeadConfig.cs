namespace AgentFlow;

/// <summary>How one synthetic lead is sent through the application and found again.</summary>
public sealed record LeadConfig
{
    /// <summary>The app's own lead intake.</summary>
    public string Path { get; init; } = "/api/leads";

    /// <summary>
    /// Members of the JSON body; dots make objects. <c>{correlationId}</c>, <c>{organizationId}</c> and <c>{email}</c> are filled in; the address is
    /// one of the SES mailbox simulator, which accepts mail and disturbs nobody.
    /// </summary>
    public IReadOnlyDictionary<string, string> Payload { get; init; } = new Dictionary<string, string>
    {
        ["name"] = "AgentFlow verification",
        ["email"] = "{email}",
        ["company"] = "AgentFlow verification",
        ["message"] = "Synthetic lead {correlationId}; it is removed after the check.",
        ["source"] = "agentflow-verification",
        ["correlation_id"] = "{correlationId}",
    };

    /// <summary>Reference to the key of the test tenant; sent as a bearer token.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The test tenant (its id as text).</summary>
    public string? OrganizationId { get; init; }

    /// <summary>A user of the test tenant and one of another tenant, for the isolation check; found through memberships when null.</summary>
    public string? OtherUserId { get; init; }

    /// <summary>Column of the lead that holds the correlation id; <c>column.key</c> reads a JSON column.</summary>
    public string CorrelationColumn { get; init; } = "correlation_id";

    /// <summary>Column of qualification, integration and audit rows that points at the lead; <c>column.key</c> reads a JSON column.</summary>
    public string LeadColumn { get; init; } = "lead_id";

    /// <summary>Column of audit rows that says who acted.</summary>
    public string ActorColumn { get; init; } = "actor_id";

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

    /// <summary>Table with one row per tenant and integration that it uses (<c>provider</c>, <c>enabled</c>); without it, an integration that left no outcome cannot be told from one that is not set up.</summary>
    public string TenantIntegrationTable { get; init; } = "integrations";

    /// <summary>How long to wait for the terminal state, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 60;
}
