namespace AgentFlow.Sandbox.App.Leads;

/// <summary>A lead as the intake accepted it.</summary>
internal sealed record NewLead(string OrganizationId, string Name, string Email, string? Company, string? Message, string? Source, string? CorrelationId);
