namespace AgentFlow;

/// <summary>Where a host points now.</summary>
public sealed record DomainAlias
{
    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>The deployment that answers; null when it redirects or points nowhere.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The project that holds it; null when not said.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The host that visitors are sent on to.</summary>
    public string? Redirect { get; init; }
}
