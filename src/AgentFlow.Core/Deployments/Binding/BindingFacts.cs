using System.Collections.Concurrent;

namespace AgentFlow.Deployments.Binding;

/// <summary>What several binding checks look at, each thing asked for once and only when a check needs it.</summary>
internal sealed class BindingFacts(AfConfig config, Deployment deployment, IDeploymentSource deployments, IRepositorySource repositories)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Task<DomainAlias?>> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private Task<HostedProject>? _project;
    private Task<SourceRepository?>? _repository;

    public AfConfig Config => config;

    public Deployment Deployment => deployment;

    /// <summary>The pinned project.</summary>
    public Task<HostedProject> ProjectAsync(string pin, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _project ??= deployments.GetProjectAsync(pin, cancellationToken);
        }
    }

    /// <summary>The pinned repository; null when it does not show itself to the credential.</summary>
    public Task<SourceRepository?> RepositoryAsync(long pin, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _repository ??= FindRepositoryAsync(pin, cancellationToken);
        }
    }

    /// <summary>Where a host points; null when the account knows no such alias.</summary>
    public Task<DomainAlias?> AliasAsync(string host, CancellationToken cancellationToken) => _aliases.GetOrAdd(host, name => deployments.FindAliasAsync(name, cancellationToken));

    /// <summary>A domain as the pinned project holds it; null when it does not.</summary>
    public Task<ProjectDomain?> DomainAsync(string pin, string host, CancellationToken cancellationToken) => deployments.FindDomainAsync(pin, host, cancellationToken);

    /// <summary>Whether the pinned repository holds the commit.</summary>
    public Task<bool> HasCommitAsync(SourceRepository repository, string commitSha, CancellationToken cancellationToken) => repositories.HasCommitAsync(repository, commitSha, cancellationToken);

    /// <summary>Where the commit stands.</summary>
    public Task<BranchPosition> LocateCommitAsync(SourceRepository repository, string commitSha, string branch, CancellationToken cancellationToken) =>
        repositories.LocateCommitAsync(repository, commitSha, branch, cancellationToken);

    /// <summary>The hosts that must show production: those of the config, else those that the pinned project holds for production.</summary>
    public async Task<IReadOnlyList<string>> ProductionHostsAsync(CancellationToken cancellationToken)
    {
        if (config.Vercel.ProductionDomains.Count > 0)
        {
            return [.. config.Vercel.ProductionDomains.Select(domain => DeploymentOrigin.Parse(domain)?.Authority ?? domain)];
        }

        if (DeploymentOrigin.Parse(config.App.ProductionUrl) is { } production)
        {
            return [production.Authority];
        }

        List<string> hosts = [];
        if (config.Vercel.ProjectId is { } pin)
        {
            await foreach (ProjectDomain domain in deployments.ListDomainsAsync(pin, cancellationToken).ConfigureAwait(false))
            {
                if (domain.GitBranch is null && domain.CustomEnvironmentId is null)
                {
                    hosts.Add(domain.Name);
                }
            }
        }

        return hosts;
    }

    // By name first: what has the name today must be what has the id. Only then by id alone, which survives a rename.
    private async Task<SourceRepository?> FindRepositoryAsync(long pin, CancellationToken cancellationToken)
    {
        if (config.GitHub is { Owner: { } owner, Name: { } name }
            && await repositories.FindByNameAsync(owner, name, cancellationToken).ConfigureAwait(false) is { } named && named.Id == pin)
        {
            return named;
        }

        return await repositories.FindByIdAsync(pin, cancellationToken).ConfigureAwait(false);
    }
}
