namespace AgentFlow.Deployments.Lead;

/// <summary>What one integration did with the lead.</summary>
/// <param name="Id">Its row's id.</param>
/// <param name="Name">The integration.</param>
/// <param name="State">Its state, for example <c>delivered</c> or <c>not_configured</c>; null when the column is empty.</param>
public sealed record IntegrationRow(string Id, string Name, string? State);
