namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>A deployment of the list (<c>uid</c>) and of the single call (<c>id</c>).</summary>
internal sealed class DeploymentDto
{
    public string? Id { get; init; }

    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? ProjectId { get; init; }

    public ProjectRefDto? Project { get; init; }

    public string? Url { get; init; }

    public string? ReadyState { get; init; }

    public string? State { get; init; }

    public string? Status { get; init; }

    public string? ReadySubstate { get; init; }

    public string? Target { get; init; }

    public CustomEnvironmentDto? CustomEnvironment { get; init; }

    public string? Source { get; init; }

    public MetaDto? Meta { get; init; }

    public GitDto? GitSource { get; init; }

    public GitDto? GitRepo { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Ready { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public IReadOnlyList<string>? Alias { get; init; }

    public IReadOnlyList<string>? UserAliases { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public BuildDto? Build { get; init; }

    public bool? IsRollbackCandidate { get; init; }

    internal sealed class ProjectRefDto
    {
        public string? Id { get; init; }

        public string? Name { get; init; }
    }

    internal sealed class BuildDto
    {
        public IReadOnlyList<string>? Env { get; init; }
    }

    /// <summary>gitSource and gitRepo, which share their members.</summary>
    internal sealed class GitDto
    {
        public string? Type { get; init; }

        public long? RepoId { get; init; }

        public string? Org { get; init; }

        public string? Repo { get; init; }

        public string? Owner { get; init; }

        public string? Slug { get; init; }

        public string? Sha { get; init; }

        public string? Ref { get; init; }
    }

    /// <summary>The keys of the free map that git integrations fill; an uploader can fill them too.</summary>
    internal sealed class MetaDto
    {
        public string? GithubDeployment { get; init; }

        public string? GithubCommitSha { get; init; }

        public string? GithubCommitRef { get; init; }

        public long? GithubRepoId { get; init; }

        public string? GithubOrg { get; init; }

        public string? GithubRepo { get; init; }

        public string? GithubCommitOrg { get; init; }

        public string? GithubCommitRepo { get; init; }

        public string? GitlabCommitSha { get; init; }

        public string? GitlabCommitRef { get; init; }

        public string? BitbucketCommitSha { get; init; }

        public string? BitbucketCommitRef { get; init; }

        public bool? GitDirty { get; init; }
    }
}
