namespace AgentFlow.Deployments;

/// <summary>Which deployments to list; newest first.</summary>
public sealed record DeploymentQuery
{
    /// <summary><c>prj_…</c>; lists never cross projects.</summary>
    public required string ProjectId { get; init; }

    /// <summary>production or preview; null for both.</summary>
    public string? Target { get; init; }

    /// <summary>The platform's state words; empty for all.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Branch that was built.</summary>
    public string? Branch { get; init; }

    /// <summary>Commit that was built.</summary>
    public string? CommitSha { get; init; }

    /// <summary>Only those the platform would roll back to.</summary>
    public bool RollbackCandidates { get; init; }

    /// <summary>Made at or after (UTC).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Made before (UTC).</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many at most; pages are asked for only as the reader needs them.</summary>
    public int Most { get; init; } = int.MaxValue;
}
