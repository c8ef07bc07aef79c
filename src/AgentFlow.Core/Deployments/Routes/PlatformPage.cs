namespace AgentFlow.Deployments.Routes;

/// <summary>An answer that the hosting platform gave in the application's place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Code">The platform's code, for example <c>DEPLOYMENT_NOT_FOUND</c>; null when it gave none.</param>
public sealed record PlatformPage(PlatformPageKind Kind, string? Code = null);
