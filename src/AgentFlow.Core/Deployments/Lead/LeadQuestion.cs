namespace AgentFlow.Deployments.Lead;

/// <summary>Which lead is asked about.</summary>
/// <param name="CorrelationId">The id that tags every row of this lead.</param>
/// <param name="OrganizationId">The test tenant.</param>
public sealed record LeadQuestion(string CorrelationId, string OrganizationId);
