namespace AgentFlow.Deployments.Lead;

/// <summary>An audit row.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Its tenant; null when the column is empty.</param>
/// <param name="HasActor">True when it says who acted; who it was stays in the database.</param>
public sealed record AuditRow(string Id, string? OrganizationId, bool HasActor);
