using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Finds the deployment that a command is about: the one named, else the newest ready one of a target in the pinned project.</summary>
public sealed class DeploymentSelector(AfConfig config, IDeploymentSource source)
{
    /// <summary>The pinned project id.</summary>
    /// <exception cref="AfFaultException">AfProjectNotPinned.</exception>
    public string ProjectId => config.Vercel.ProjectId ?? throw new AfFaultException(
        FaultKind.InvalidState, FaultId.ProjectNotPinned, "The config pins no Vercel project.", "Set vercel.projectId (prj_...) in agentflow.json; New-AfConfig finds it.");

    /// <summary>The named deployment, whatever project it belongs to: a check must be able to look at a foreign one.</summary>
    public Task<Deployment> GetAsync(string idOrUrl, CancellationToken cancellationToken) => source.GetDeploymentAsync(Host(idOrUrl), cancellationToken);

    /// <summary>The named deployment of the pinned project.</summary>
    /// <exception cref="AfFaultException">AfDeploymentForeign.</exception>
    public async Task<Deployment> GetOwnAsync(string idOrUrl, CancellationToken cancellationToken)
    {
        string project = ProjectId;
        Deployment deployment = await GetAsync(idOrUrl, cancellationToken).ConfigureAwait(false);
        return deployment.ProjectId is null || deployment.ProjectId == project ? deployment : throw new AfFaultException(
            FaultKind.InvalidArgument,
            FaultId.DeploymentForeign,
            $"Deployment {deployment.Id} belongs to project {deployment.ProjectId}, not to the pinned {project}.",
            "Name a deployment of this application (Get-AfDeployment lists them) or connect the other application's config.",
            deployment.Id);
    }

    /// <summary>The newest ready deployment of a target, in full: a list entry lacks aliases, env names and error detail.</summary>
    /// <exception cref="AfFaultException">AfDeploymentNotFound.</exception>
    public async Task<Deployment> NewestAsync(string target, CancellationToken cancellationToken) =>
        await source.GetDeploymentAsync((await NewestEntryAsync(target, cancellationToken).ConfigureAwait(false)).Id, cancellationToken).ConfigureAwait(false);

    /// <summary>The newest ready deployment of a target as the list has it: one call less, enough to know its address.</summary>
    /// <exception cref="AfFaultException">AfDeploymentNotFound.</exception>
    public async Task<Deployment> NewestEntryAsync(string target, CancellationToken cancellationToken)
    {
        DeploymentQuery query = new() { ProjectId = ProjectId, Target = target, States = ["READY"], Most = 1 };
        await foreach (Deployment found in source.ListDeploymentsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            return found;
        }

        throw new AfFaultException(
            FaultKind.NotFound, FaultId.DeploymentNotFound, $"The project has no ready {target} deployment.", "Name one with -Deployment; Get-AfDeployment lists what there is.", target);
    }

    private static string Host(string idOrUrl) => Uri.TryCreate(idOrUrl, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri.Authority : idOrUrl.TrimEnd('/');
}
