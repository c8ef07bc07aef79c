namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class ProjectDto
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? AccountId { get; init; }

    public LinkDto? Link { get; init; }

    public bool? AutoExposeSystemEnvs { get; init; }

    public bool? AutoAssignCustomDomains { get; init; }

    public bool? Paused { get; init; }

    public TargetsDto? Targets { get; init; }

    public AliasRequestDto? LastAliasRequest { get; init; }

    public long? SkewProtectionMaxAge { get; init; }

    public IReadOnlyList<CustomEnvironmentDto>? CustomEnvironments { get; init; }

    /// <summary>One of five shapes; which members are there depends on the type.</summary>
    internal sealed class LinkDto
    {
        public string? Type { get; init; }

        public string? Org { get; init; }

        public string? Repo { get; init; }

        public long? RepoId { get; init; }

        public string? ProductionBranch { get; init; }

        public string? ProjectNamespace { get; init; }

        public string? ProjectName { get; init; }

        public string? Owner { get; init; }

        public string? Slug { get; init; }
    }

    internal sealed class TargetsDto
    {
        public TargetDto? Production { get; init; }
    }

    internal sealed class TargetDto
    {
        public string? Id { get; init; }
    }

    internal sealed class AliasRequestDto
    {
        public string? Type { get; init; }

        public string? JobStatus { get; init; }

        public string? ToDeploymentId { get; init; }
    }
}
