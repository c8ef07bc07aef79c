namespace AgentFlow.Sandbox.Hosting;

/// <summary>A request to the deployed app: which deployment answers it, and by which address it was reached.</summary>
/// <param name="DeploymentId">The deployment that serves this address; null when the address belongs to none (answered with Vercel's DEPLOYMENT_NOT_FOUND page).</param>
/// <param name="IsAlias">Reached through the production alias, not through the deployment's immutable address.</param>
internal sealed record SiteVisit(string? DeploymentId, bool IsAlias);
