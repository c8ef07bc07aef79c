namespace AgentFlow;

/// <summary>One deployment as the hosting platform describes it. States are the platform's own words, so that new ones survive.</summary>
public sealed record Deployment
{
    /// <summary><c>dpl_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>prj_…</c>; null when the answer is the public subset.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The project's name; proves nothing.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The immutable origin of this one deployment.</summary>
    public Uri? Url { get; init; }

    /// <summary>QUEUED, INITIALIZING, BUILDING, READY, ERROR, CANCELED, BLOCKED, DELETED or what comes next; UNKNOWN when not said.</summary>
    public required string State { get; init; }

    /// <summary>STAGED, ROLLING or PROMOTED for production deployments; null when not said.</summary>
    public string? SubState { get; init; }

    /// <summary>production, staging or preview; the platform's null is preview.</summary>
    public required string Target { get; init; }

    /// <summary>Slug of the custom environment that it was built for; null for the standard targets.</summary>
    public string? CustomEnvironment { get; init; }

    /// <summary>Id of the custom environment.</summary>
    public string? CustomEnvironmentId { get; init; }

    /// <summary>How it was made: git, cli, redeploy, import/repo, …; null when not said.</summary>
    public string? Source { get; init; }

    /// <summary>github, gitlab, bitbucket, … as the platform's own git integration recorded it; null for uploads.</summary>
    public string? GitProvider { get; init; }

    /// <summary>The commit that was built. An upload may claim one as well: see <see cref="Source"/>.</summary>
    public string? CommitSha { get; init; }

    /// <summary>The branch that was built.</summary>
    public string? CommitRef { get; init; }

    /// <summary>GitHub's numeric repository id.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Owner of the repository; for display.</summary>
    public string? Organisation { get; init; }

    /// <summary>Name of the repository; for display.</summary>
    public string? Repository { get; init; }

    /// <summary>True when the uploader's working tree had changes that are in no commit.</summary>
    public bool UncommittedChanges { get; init; }

    /// <summary>When it was asked for (UTC); variables changed after this are not in it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it became ready (UTC).</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>The platform's code for why it failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The platform's sentence for why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Hosts that the platform says point here.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of variables that were given with this one deployment; names only.</summary>
    public IReadOnlyList<string> EnvNames { get; init; } = [];

    /// <summary>True when the platform would roll back to it.</summary>
    public bool? RollbackCandidate { get; init; }

    /// <summary>True when nothing will change its state any more.</summary>
    public bool IsFinished => State is "READY" or "ERROR" or "CANCELED" or "BLOCKED" or "DELETED";

    /// <summary>True when it can serve.</summary>
    public bool IsReady => State == "READY";

    /// <summary>True when it was built for production.</summary>
    public bool IsProduction => Target == "production";
}
