namespace AgentFlow.Deployments.Lead;

/// <summary>One consistent view of the rows of one correlation id. Ids are text, whatever their type.</summary>
public sealed record LeadSighting
{
    /// <summary>Lead rows with the correlation id, in any tenant.</summary>
    public IReadOnlyList<LeadRow> Leads { get; init; } = [];

    /// <summary>Qualification rows of those leads.</summary>
    public IReadOnlyList<QualificationRow> Qualifications { get; init; } = [];

    /// <summary>Audit rows about those leads.</summary>
    public IReadOnlyList<AuditRow> Audits { get; init; } = [];

    /// <summary>Integration rows of those leads.</summary>
    public IReadOnlyList<IntegrationRow> Integrations { get; init; } = [];

    /// <summary>Integrations that the tenant has switched on; null when that is not known.</summary>
    public IReadOnlyList<string>? TenantIntegrations { get; init; }

    /// <summary>The tenant's counter and what else moved it; null when the table cannot be read as configured.</summary>
    public UsageReading? Usage { get; init; }

    /// <summary>Why a part could not be read, by part (<c>qualifications</c>, <c>audit</c>, <c>usage</c>, <c>integrations</c>).</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows in all.</summary>
    public int RowCount => Leads.Count + Qualifications.Count + Audits.Count + Integrations.Count;
}
