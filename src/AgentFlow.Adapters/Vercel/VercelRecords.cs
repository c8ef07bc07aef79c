using AgentFlow.Adapters.Vercel.Wire;

namespace AgentFlow.Adapters.Vercel;

/// <summary>From Vercel's shapes to ours. Each method answers null where the one thing that identifies the object is not there.</summary>
internal static class VercelRecords
{
    public static HostedProject? Project(ProjectDto dto) => dto.Id is not { Length: > 0 } id ? null : new()
    {
        Id = id,
        Name = dto.Name ?? id,
        AccountId = dto.AccountId,
        Link = Link(dto.Link),
        ExposesSystemVariables = dto.AutoExposeSystemEnvs,
        AutoAssignsDomains = dto.AutoAssignCustomDomains,
        Paused = dto.Paused ?? false,
        ProductionDeploymentId = dto.Targets?.Production?.Id,
        LastAliasChange = dto.LastAliasRequest?.Type,
        LastAliasStatus = dto.LastAliasRequest?.JobStatus,
        LastAliasDeploymentId = dto.LastAliasRequest?.ToDeploymentId,
        SkewProtection = dto.SkewProtectionMaxAge is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(dto.SkewProtectionMaxAge.Value) : null,
        CustomEnvironments = [.. (dto.CustomEnvironments ?? []).Where(environment => environment.Id is not null).Select(environment => new CustomEnvironment(environment.Id!, environment.Slug ?? environment.Id!, environment.Type))],
    };

    /// <summary>One deployment; <paramref name="plainHttp"/> when the API itself is a rehearsal on this machine.</summary>
    public static Deployment? Deployment(DeploymentDto dto, bool plainHttp)
    {
        if ((dto.Id ?? dto.Uid) is not { Length: > 0 } id)
        {
            return null;
        }

        DeploymentDto.MetaDto meta = dto.Meta ?? new();
        DeploymentDto.GitDto git = dto.GitSource ?? new();
        DeploymentDto.GitDto repository = dto.GitRepo ?? new();
        bool uploaded = dto.Source is "cli" or "drop";
        return new()
        {
            Id = id,
            ProjectId = dto.ProjectId ?? dto.Project?.Id,
            ProjectName = dto.Project?.Name ?? dto.Name,
            Url = Address(dto.Url, plainHttp),
            State = dto.ReadyState ?? dto.State ?? dto.Status ?? "UNKNOWN",
            SubState = dto.ReadySubstate,
            Target = dto.Target ?? "preview",
            CustomEnvironment = dto.CustomEnvironment?.Slug,
            CustomEnvironmentId = dto.CustomEnvironment?.Id,
            Source = dto.Source,
            GitProvider = git.Type ?? repository.Type ?? (meta.GithubDeployment is not null && !uploaded ? "github" : null),
            CommitSha = git.Sha ?? meta.GithubCommitSha ?? meta.GitlabCommitSha ?? meta.BitbucketCommitSha,
            CommitRef = git.Ref ?? meta.GithubCommitRef ?? meta.GitlabCommitRef ?? meta.BitbucketCommitRef,
            RepositoryId = git.RepoId ?? repository.RepoId ?? meta.GithubRepoId,
            Organisation = git.Org ?? git.Owner ?? repository.Org ?? repository.Owner ?? meta.GithubOrg ?? meta.GithubCommitOrg,
            Repository = git.Repo ?? git.Slug ?? repository.Repo ?? repository.Slug ?? meta.GithubRepo ?? meta.GithubCommitRepo,
            UncommittedChanges = meta.GitDirty ?? false,
            CreatedAt = dto.CreatedAt ?? dto.Created,
            ReadyAt = dto.Ready,
            ErrorCode = dto.ErrorCode,
            ErrorMessage = dto.ErrorMessage,
            Aliases = [.. (dto.Alias ?? []).Concat(dto.UserAliases ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
            EnvNames = [.. (dto.Env ?? []).Concat(dto.Build?.Env ?? []).Distinct(StringComparer.Ordinal)],
            RollbackCandidate = dto.IsRollbackCandidate,
        };
    }

    public static ProjectDomain? Domain(DomainDto dto) => dto.Name is not { Length: > 0 } name ? null : new()
    {
        Name = name,
        ProjectId = dto.ProjectId,
        Verified = dto.Verified,
        Redirect = dto.Redirect,
        GitBranch = dto.GitBranch,
        CustomEnvironmentId = dto.CustomEnvironmentId,
    };

    public static DomainAlias? Alias(AliasDto dto) => dto.Alias is not { Length: > 0 } host ? null : new()
    {
        Host = host,
        DeploymentId = dto.DeploymentId ?? dto.Deployment?.Id,
        ProjectId = dto.ProjectId,
        Redirect = dto.Redirect,
    };

    public static EnvVariable? Variable(EnvDto dto) => dto.Key is not { Length: > 0 } name ? null : new()
    {
        Id = dto.Id,
        Name = name,
        Kind = dto.Type ?? "unknown",
        Targets = dto.Target ?? [],
        GitBranch = dto.GitBranch is { Length: > 0 } branch ? branch : null,
        CustomEnvironments = dto.CustomEnvironmentIds ?? [],
        IntegrationId = dto.ConfigurationId,
        Comment = dto.Comment,
        CreatedAt = dto.CreatedAt,
        UpdatedAt = dto.UpdatedAt ?? dto.CreatedAt,
    };

    public static EnvVariable? Shared(SharedEnvDto dto) => dto.Key is not { Length: > 0 } name ? null : new()
    {
        Id = dto.Id,
        Name = name,
        Kind = dto.Type ?? "unknown",
        Targets = dto.Target ?? [],
        IsShared = true,
        AllCustomEnvironments = dto.ApplyToAllCustomEnvironments ?? false,
        Comment = dto.Comment,
        CreatedAt = dto.CreatedAt,
        UpdatedAt = dto.UpdatedAt ?? dto.CreatedAt,
    };

    private static GitLink? Link(ProjectDto.LinkDto? dto) => dto?.Type is not { Length: > 0 } type ? null : new()
    {
        Provider = type,
        RepositoryId = dto.RepoId,
        Organisation = dto.Org ?? dto.ProjectNamespace ?? dto.Owner,
        Repository = dto.Repo ?? dto.ProjectName ?? dto.Slug,
        ProductionBranch = dto.ProductionBranch,
    };

    private static Uri? Address(string? host, bool plainHttp)
    {
        if (host is not { Length: > 0 })
        {
            return null;
        }

        if (Uri.TryCreate(host, UriKind.Absolute, out Uri? whole) && whole.Scheme is "http" or "https")
        {
            return whole;
        }

        return Uri.TryCreate($"https://{host}", UriKind.Absolute, out Uri? secure)
            ? secure.IsLoopback && plainHttp ? new($"http://{host}") : secure
            : null;
    }
}
