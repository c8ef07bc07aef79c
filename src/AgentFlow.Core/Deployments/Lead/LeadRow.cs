namespace AgentFlow.Deployments.Lead;

/// <summary>A lead row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Its tenant; null when the column is empty.</param>
public sealed record LeadRow(string Id, string? OrganizationId);
