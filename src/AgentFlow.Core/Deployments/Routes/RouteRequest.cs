namespace AgentFlow.Deployments.Routes;

/// <summary>One page to ask for.</summary>
/// <param name="Uri">Absolute http or https address.</param>
/// <param name="Own">True when the origin is one of the deployment's own; only there may the protection bypass go along.</param>
public sealed record RouteRequest(Uri Uri, bool Own);
