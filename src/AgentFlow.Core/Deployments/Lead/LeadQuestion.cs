namespace AgentFlow.Deployments.Lead;

/// <summary>Which lead is asked about.</summary>
/// <param name="CorrelationId">The id that tags every row of this lead.</param>
/// <param name="OrganizationId">The test tenant.</param>
public sealed record LeadQuestion(string CorrelationId, string OrganizationId)
{
    /// <summary>Ids of lead rows that were seen with the correlation id earlier in the run: rows that point at a lead which is gone are found by them.</summary>
    public IReadOnlyList<string> SeenLeadIds { get; init; } = [];
}
