namespace AgentFlow;

/// <summary>Table names, <c>schema.table</c> or <c>table</c> in <c>public</c>; AgentFlow's by default.</summary>
public sealed record TableConfig
{
    public string Organizations { get; init; } = "organizations";

    public string Memberships { get; init; } = "memberships";

    public string Leads { get; init; } = "leads";

    public string Qualifications { get; init; } = "qualifications";

    public string UsageCounters { get; init; } = "usage_counters";

    public string AuditEvents { get; init; } = "audit_events";

    public string BillingEvents { get; init; } = "billing_events";

    public string Subscriptions { get; init; } = "subscriptions";

    /// <summary>The column that carries the tenant in every tenant table.</summary>
    public string TenantColumn { get; init; } = "organization_id";
}
