using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Reads projects, deployments and build logs of the hosting platform. What is asked for by id and is not there is a fault of kind <see cref="FaultKind.NotFound"/>.</summary>
public interface IDeploymentSource
{
    /// <summary>One project by id or name.</summary>
    /// <exception cref="AfFaultException">As for every outside call; see about_AgentFlow_Errors.</exception>
    Task<HostedProject> GetProjectAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Projects whose name holds the text; all when null. Links are included where the platform says them.</summary>
    IAsyncEnumerable<HostedProject> FindProjectsAsync(string? search, CancellationToken cancellationToken);

    /// <summary>The domains of a project.</summary>
    IAsyncEnumerable<ProjectDomain> ListDomainsAsync(string projectId, CancellationToken cancellationToken);

    /// <summary>One domain of a project; null when the project does not hold it.</summary>
    Task<ProjectDomain?> FindDomainAsync(string projectId, string host, CancellationToken cancellationToken);

    /// <summary>Where a host points; null when the account knows no such alias.</summary>
    Task<DomainAlias?> FindAliasAsync(string host, CancellationToken cancellationToken);

    /// <summary>One deployment by id or host, with what the platform knows about its commit.</summary>
    Task<Deployment> GetDeploymentAsync(string idOrHost, CancellationToken cancellationToken);

    /// <summary>Deployments, newest first, page by page.</summary>
    IAsyncEnumerable<Deployment> ListDeploymentsAsync(DeploymentQuery query, CancellationToken cancellationToken);

    /// <summary>Hosts that point at a deployment now.</summary>
    Task<IReadOnlyList<string>> ListAliasesAsync(string deploymentId, CancellationToken cancellationToken);

    /// <summary>The build log line by line, as it arrives; memory does not grow with its length. Empty when the platform has none.</summary>
    IAsyncEnumerable<BuildLogLine> ReadBuildLogAsync(string deploymentId, BuildLogQuery query, CancellationToken cancellationToken);
}
