using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments;

/// <summary>A hosting platform in memory: the second implementation of its port, for checks that only read.</summary>
internal sealed class MemoryPlatform : IDeploymentSource
{
    public List<HostedProject> Projects { get; } = [];

    public List<ProjectDomain> Domains { get; } = [];

    public List<DomainAlias> Aliases { get; } = [];

    public List<Deployment> Deployments { get; } = [];

    /// <summary>Thrown by every call, when set.</summary>
    public AfFaultException? Fault { get; set; }

    public Task<HostedProject> GetProjectAsync(string idOrName, CancellationToken cancellationToken) =>
        Task.FromResult(Ask().Projects.FirstOrDefault(project => project.Id == idOrName || project.Name == idOrName) ?? throw NotFound(idOrName));

    public IAsyncEnumerable<HostedProject> FindProjectsAsync(string? search, CancellationToken cancellationToken) => Ask().Projects.Where(project => search is null || project.Name.Contains(search, StringComparison.Ordinal)).ToAsyncEnumerable();

    public IAsyncEnumerable<ProjectDomain> ListDomainsAsync(string projectId, CancellationToken cancellationToken) => Ask().Domains.Where(domain => domain.ProjectId == projectId).ToAsyncEnumerable();

    public Task<ProjectDomain?> FindDomainAsync(string projectId, string host, CancellationToken cancellationToken) => Task.FromResult(Ask().Domains.FirstOrDefault(domain => domain.Name == host));

    public Task<DomainAlias?> FindAliasAsync(string host, CancellationToken cancellationToken) => Task.FromResult(Ask().Aliases.FirstOrDefault(alias => alias.Host == host));

    public Task<Deployment> GetDeploymentAsync(string idOrHost, CancellationToken cancellationToken) =>
        Task.FromResult(Ask().Deployments.FirstOrDefault(deployment => deployment.Id == idOrHost) ?? throw NotFound(idOrHost));

    public IAsyncEnumerable<Deployment> ListDeploymentsAsync(DeploymentQuery query, CancellationToken cancellationToken) => Ask().Deployments.Take(query.Most).ToAsyncEnumerable();

    public Task<IReadOnlyList<string>> ListAliasesAsync(string deploymentId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. Ask().Aliases.Where(alias => alias.DeploymentId == deploymentId).Select(alias => alias.Host)]);

    public IAsyncEnumerable<BuildLogLine> ReadBuildLogAsync(string deploymentId, BuildLogQuery query, CancellationToken cancellationToken) => AsyncEnumerable.Empty<BuildLogLine>();

    private MemoryPlatform Ask() => Fault is null ? this : throw Fault;

    private static AfFaultException NotFound(string id) => new(FaultKind.NotFound, FaultId.ResourceNotFound, $"There is no {id}.", "Look.", id);
}
