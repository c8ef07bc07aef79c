namespace AgentFlow.Deployments.Lead;

/// <summary>A qualification row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Its tenant; null when the column is empty.</param>
/// <param name="State">Its state; null when the column is empty.</param>
public sealed record QualificationRow(string Id, string? OrganizationId, string? State);
