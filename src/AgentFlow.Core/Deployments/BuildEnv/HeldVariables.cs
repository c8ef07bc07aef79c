using AgentFlow.Faults;

namespace AgentFlow.Deployments.BuildEnv;

/// <summary>What the platform holds for a project, joined from the project's own variables, the team's shared ones and the platform's.</summary>
internal sealed class HeldVariables
{
    private readonly BuildPlace _place;
    private readonly Deployment _deployment;
    private readonly IReadOnlyList<EnvVariable> _variables;
    private readonly ILookup<string, EnvVariable> _byName;
    private readonly Dictionary<string, string> _environments;
    private readonly bool? _exposes;
    private readonly string? _gap;

    public HeldVariables(Deployment deployment, IReadOnlyList<EnvVariable> variables, HostedProject? project, string? gap)
    {
        _deployment = deployment;
        _place = BuildPlace.Of(deployment);
        _variables = variables;
        _byName = variables.ToLookup(variable => variable.Name, StringComparer.Ordinal);
        _environments = (project?.CustomEnvironments ?? []).GroupBy(environment => environment.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Slug, StringComparer.Ordinal);
        _exposes = project?.ExposesSystemVariables;
        _gap = gap;
    }

    /// <summary>Where the deployment was built for.</summary>
    public BuildPlace Place => _place;

    /// <summary>The variables that a build for this place gets now.</summary>
    public IEnumerable<EnvVariable> Here => _variables.Where(_place.Gets);

    /// <summary>Asks all lists at once. A shared list or project that cannot be read is a gap, not a failure: what is found in the rest still counts.</summary>
    /// <exception cref="AfFaultException">The project's own variables cannot be read.</exception>
    public static async Task<HeldVariables> LoadAsync(IDeploymentSource deployments, IVariableSource variables, string projectId, Deployment deployment, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<EnvVariable>> own = variables.ListAsync(projectId, cancellationToken);
        Task<(IReadOnlyList<EnvVariable>? Found, string? Gap)> shared = TryAsync(variables.ListSharedAsync(projectId, cancellationToken), "The team's shared variables could not be read");
        Task<(HostedProject? Found, string? Gap)> project = TryAsync(deployments.GetProjectAsync(projectId, cancellationToken), "The project's settings could not be read");
        await Task.WhenAll(own, shared, project).ConfigureAwait(false);
        (IReadOnlyList<EnvVariable>? team, string? gap) = await shared.ConfigureAwait(false);
        return new(deployment, [.. await own.ConfigureAwait(false), .. team ?? []], (await project.ConfigureAwait(false)).Found, gap);
    }

    /// <summary>What is held under a name.</summary>
    public Holding Find(string name)
    {
        EnvVariable[] same = [.. _byName[name]];
        EnvVariable? here = same.Where(_place.Gets).OrderByDescending(variable => variable.GitBranch is not null).ThenBy(variable => variable.IsShared).FirstOrDefault();
        if (here is not null)
        {
            return new(HoldingKind.Here, here, string.Empty);
        }

        if (PlatformNames.IsAlwaysThere(name) || _deployment.EnvNames.Contains(name, StringComparer.Ordinal))
        {
            return new(HoldingKind.Given, null, string.Empty);
        }

        if (PlatformNames.IsExposable(name) && same.Length == 0)
        {
            return _exposes switch
            {
                true => new(HoldingKind.Given, null, string.Empty),
                false => new(HoldingKind.NotExposed, null, string.Empty),
                null => new(HoldingKind.Unknown, null, "Vercel does not say whether the project exposes system variables"),
            };
        }

        if (same.Length > 0)
        {
            return new(HoldingKind.Elsewhere, null, string.Join(", ", same.SelectMany(Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        }

        string? similar = _variables.FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.OrdinalIgnoreCase))?.Name;
        return _gap is null
            ? new(HoldingKind.Absent, null, similar ?? string.Empty)
            : new(HoldingKind.Unknown, null, _gap);
    }

    private static async Task<(T? Found, string? Gap)> TryAsync<T>(Task<T> call, string what)
        where T : class
    {
        try
        {
            return (await call.ConfigureAwait(false), null);
        }
        catch (AfFaultException fault)
        {
            return (null, $"{what} ({fault.Id})");
        }
    }

    private IEnumerable<string> Places(EnvVariable variable)
    {
        foreach (string target in variable.Targets)
        {
            yield return variable.GitBranch is { } branch ? $"{target} of branch '{branch}'" : target;
        }

        foreach (string id in variable.CustomEnvironments)
        {
            yield return _environments.TryGetValue(id, out string? slug) ? slug : id;
        }

        if (variable is { Targets.Count: 0, CustomEnvironments.Count: 0 })
        {
            yield return variable.AllCustomEnvironments ? "custom environments" : "no target at all";
        }
    }
}
