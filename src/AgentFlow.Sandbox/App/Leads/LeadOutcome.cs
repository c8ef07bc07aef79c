namespace AgentFlow.Sandbox.App.Leads;

/// <summary>How a qualification ends.</summary>
/// <param name="State">qualified, disqualified or failed.</param>
/// <param name="Units">What the usage counter rises by.</param>
/// <param name="IsAudited">Whether an audit event is written.</param>
/// <param name="IntegrationState">What the tenant's integrations report.</param>
internal sealed record LeadOutcome(string State, int Units, bool IsAudited, string IntegrationState);
