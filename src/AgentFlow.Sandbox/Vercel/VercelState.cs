namespace AgentFlow.Sandbox.Vercel;

/// <summary>One team with its projects, deployments, variables and addresses, as Vercel holds them. Guarded by the sandbox's lock.</summary>
internal sealed class VercelState
{
    public const string TeamId = "team_9aGnLYnMRnHzsYWNlFZ3sand";
    public const string TeamSlug = "agentflow-example";
    public const string UserId = "ZspSRT4ljIEEmMHgoDwKWDei";
    public const string ProjectId = "prj_4pBQaHpGxA8mQyEVTNqXq2sandbx";
    public const string ProjectName = "agentflow";
    public const string OtherProjectId = "prj_7kWzLs0eTn5RcJvHd3YbUfsandbx";
    public const string OtherProjectName = "agentflow-landing";

    public List<VercelProject> Projects { get; } = [];

    /// <summary>Newest first.</summary>
    public List<VercelDeployment> Deployments { get; } = [];

    public List<VercelVariable> Variables { get; } = [];

    /// <summary>Domain name to the project that owns it.</summary>
    public Dictionary<string, string> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, VercelAlias> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names without which a build of the target fails.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Required { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    public VercelProject? Project(string idOrName) => Projects.FirstOrDefault(one => one.Id == idOrName || one.Name == idOrName);

    /// <summary>A deployment by id, by its immutable address or by an address that points at it.</summary>
    public VercelDeployment? Find(string? idOrUrl)
    {
        string? id = idOrUrl is not null && Aliases.TryGetValue(idOrUrl, out VercelAlias? alias) ? alias.DeploymentId : idOrUrl;
        return id is null ? null : Deployments.FirstOrDefault(one => one.Id == id || one.Url.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    public IEnumerable<VercelAlias> AliasesOf(VercelDeployment deployment) => Aliases.Values.Where(alias => alias.DeploymentId == deployment.Id);

    /// <summary>The variables that a build for the target would get; branch variables win over general ones.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentFor(string projectId, string? target, string? branch)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        foreach (VercelVariable variable in Variables.Where(one => one.ProjectId == projectId && one.Targets.Contains(target ?? "preview")).OrderBy(one => one.Branch is not null))
        {
            if (variable.Branch is null || variable.Branch == branch)
            {
                environment[variable.Key] = variable.Value;
            }
        }

        return environment;
    }

    /// <summary>Points an address at a deployment; makes the address when it is new.</summary>
    public void Assign(string host, VercelDeployment deployment, long now)
    {
        if (Aliases.TryGetValue(host, out VercelAlias? alias))
        {
            (alias.DeploymentId, alias.UpdatedAt) = (deployment.Id, now);
        }
        else
        {
            Aliases[host] = new() { Host = host, Uid = VercelIds.Alias(host), ProjectId = deployment.ProjectId, DeploymentId = deployment.Id, CreatedAt = now, UpdatedAt = now };
        }
    }

    /// <summary>Points all of a project's domains at a production deployment.</summary>
    public void Promote(VercelProject project, VercelDeployment deployment, long now)
    {
        foreach ((string domain, _) in Domains.Where(pair => pair.Value == project.Id))
        {
            Assign(domain, deployment, now);
        }

        deployment.Substate = "PROMOTED";
    }
}
