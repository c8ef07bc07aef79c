using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Contexts;

/// <summary>Fills a config from what the credentials can see; what they cannot see becomes a gap, not a guess.</summary>
public sealed class ConfigDiscovery(AfConfig known, IDeploymentSource deployments, IVariableSource variables, IRepositorySource repositories)
{
    /// <summary>What was found, and one sentence for each thing that was not.</summary>
    public sealed record Result(AfConfig Config, IReadOnlyList<string> Gaps);

    /// <summary>Asks for the project and what hangs on it.</summary>
    public async Task<Result> RunAsync(string project, CancellationToken cancellationToken)
    {
        List<string> gaps = [];
        HostedProject hosted = await deployments.GetProjectAsync(project, cancellationToken).ConfigureAwait(false);
        List<string> domains = [];
        await foreach (ProjectDomain domain in deployments.ListDomainsAsync(hosted.Id, cancellationToken).ConfigureAwait(false))
        {
            if (domain.GitBranch is null && domain.CustomEnvironmentId is null && domain.Redirect is null)
            {
                domains.Add(domain.Name);
            }
        }

        // A team's own domain first; the platform's is always there and says little.
        domains = [.. domains.OrderBy(domain => domain.EndsWith(".vercel.app", StringComparison.OrdinalIgnoreCase))];
        if (domains.Count == 0)
        {
            gaps.Add("The project has no production domain: set vercel.productionDomains or app.productionUrl.");
        }

        AfConfig config = known with
        {
            Name = known.Vercel.ProjectId == hosted.Id ? known.Name : hosted.Name,
            Vercel = known.Vercel with { TeamId = known.Vercel.TeamId ?? Team(hosted), ProjectId = hosted.Id, ProjectName = hosted.Name, ProductionDomains = domains },
            GitHub = await RepositoryAsync(hosted, gaps, cancellationToken).ConfigureAwait(false),
            RequiredEnv = await RequiredAsync(hosted.Id, cancellationToken).ConfigureAwait(false),
        };
        return new(config, gaps);
    }

    private static string? Team(HostedProject hosted) => hosted.AccountId?.StartsWith("team_", StringComparison.Ordinal) == true ? hosted.AccountId : null;

    private async Task<GitHubConfig> RepositoryAsync(HostedProject hosted, List<string> gaps, CancellationToken cancellationToken)
    {
        if (hosted.Link is not { RepositoryId: { } id } link || !link.Provider.StartsWith("github", StringComparison.OrdinalIgnoreCase))
        {
            gaps.Add("The project is not linked to a GitHub repository: set github.repositoryId yourself, or link it.");
            return known.GitHub;
        }

        GitHubConfig config = known.GitHub with { RepositoryId = id, Owner = link.Organisation, Name = link.Repository, ProductionBranch = link.ProductionBranch ?? known.GitHub.ProductionBranch };
        try
        {
            if (await repositories.FindByIdAsync(id, cancellationToken).ConfigureAwait(false) is { } repository)
            {
                return config with { Owner = repository.Owner, Name = repository.Name };
            }

            gaps.Add($"GitHub does not show repository {id} to this credential: its id is Vercel's word alone.");
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.Authentication or FaultKind.Permission)
        {
            gaps.Add($"GitHub did not confirm repository {id}: {fault.Message}");
        }

        return config;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> RequiredAsync(string projectId, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnvVariable> all = await variables.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        return all.Where(variable => variable.GitBranch is null)
            .SelectMany(variable => variable.Targets.Select(target => (target, variable.Name)))
            .GroupBy(pair => pair.target, pair => pair.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StringComparer.Ordinal);
    }
}
