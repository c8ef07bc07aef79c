namespace AgentFlow.Rotation.Ports;

/// <summary>Builds and traffic of the pinned project's production.</summary>
public interface IReleaseChannel
{
    /// <summary>What serves production now, read back from the alias, and what could still send traffic elsewhere.</summary>
    Task<ServingState> ReadServingAsync(CancellationToken cancellationToken);

    /// <summary>Whether finished production builds take the domains by themselves.</summary>
    Task SetAutoAssignAsync(bool on, CancellationToken cancellationToken);

    /// <summary>Starts a production build of the same sources with the variables of now. Not idempotent: see <see cref="FindBuildsAsync"/>.</summary>
    /// <returns>Id of the deployment.</returns>
    Task<string> StartBuildAsync(string sourceDeploymentId, string tag, CancellationToken cancellationToken);

    /// <summary>Ids of the deployments that were started with this tag, oldest first.</summary>
    Task<IReadOnlyList<string>> FindBuildsAsync(string tag, CancellationToken cancellationToken);

    /// <summary>One deployment.</summary>
    Task<BuildState> ReadBuildAsync(string deploymentId, CancellationToken cancellationToken);

    /// <summary>Asks that production be served by this deployment. Asynchronous and repeatable: read the alias back.</summary>
    Task PromoteAsync(string deploymentId, CancellationToken cancellationToken);

    /// <summary>Ready production deployments made after <paramref name="since"/> that are not serving: where a rollback could go.</summary>
    Task<IReadOnlyList<string>> FindFallbacksAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
