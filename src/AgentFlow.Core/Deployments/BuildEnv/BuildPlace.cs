namespace AgentFlow.Deployments.BuildEnv;

/// <summary>For which target, branch and custom environment a deployment was built: what decides which variables it got.</summary>
internal sealed record BuildPlace
{
    /// <summary>production or preview; the old staging target is built as preview.</summary>
    public required string Target { get; init; }

    /// <summary>The branch, which some preview variables are for alone.</summary>
    public string? Branch { get; init; }

    /// <summary>Id of the custom environment; null for the standard targets.</summary>
    public string? CustomEnvironmentId { get; init; }

    /// <summary>Its name in the config's requiredEnv: the custom environment's, else the target's.</summary>
    public required string Name { get; init; }

    /// <summary>When the variables were read for the build (UTC); null when not said.</summary>
    public DateTimeOffset? BuiltAt { get; init; }

    public static BuildPlace Of(Deployment deployment)
    {
        string target = deployment.Target is "production" ? "production" : "preview";
        return new()
        {
            Target = target,
            Branch = deployment.CommitRef,
            CustomEnvironmentId = deployment.CustomEnvironmentId,
            Name = deployment.CustomEnvironment ?? deployment.CustomEnvironmentId ?? target,
            BuiltAt = deployment.CreatedAt,
        };
    }

    /// <summary>Whether a build for this place gets the variable.</summary>
    public bool Gets(EnvVariable variable) => CustomEnvironmentId is { } id
        ? variable.AllCustomEnvironments || variable.CustomEnvironments.Contains(id, StringComparer.Ordinal)
        : variable.Targets.Contains(Target, StringComparer.OrdinalIgnoreCase) && (variable.GitBranch is null || string.Equals(variable.GitBranch, Branch, StringComparison.Ordinal));
}
