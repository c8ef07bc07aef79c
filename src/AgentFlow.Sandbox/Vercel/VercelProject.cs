namespace AgentFlow.Sandbox.Vercel;

/// <summary>One project.</summary>
internal sealed class VercelProject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>The linked repository; null when the project is not connected to git.</summary>
    public GitLink? Link { get; init; }

    /// <summary>Whether a finished production build takes the production domains by itself; an instant rollback switches it off.</summary>
    public bool AutoAssign { get; set; } = true;

    /// <summary>The latest promote or rollback.</summary>
    public AliasRequest? LastRequest { get; set; }

    /// <summary>The deployment that production is pinned to by a rollback.</summary>
    public string? PinnedDeployment { get; set; }

    public bool IsProtected { get; init; }
}
