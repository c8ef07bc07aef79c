using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>The deployment whose routes are probed, and the origins that it answers on.</summary>
public sealed record RouteTarget
{
    /// <summary><c>dpl_…</c>.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The commit that was built; null when not known.</summary>
    public string? CommitSha { get; init; }

    /// <summary>The immutable origin; null when the platform does not say it.</summary>
    public Uri? Url { get; init; }

    /// <summary>The origin that visitors use and that must serve the same build; null when there is none.</summary>
    public Uri? Alias { get; init; }

    /// <summary>True for a production build.</summary>
    public bool IsProduction { get; init; }

    /// <summary>When the deployment was made (UTC); content older than this is from another build.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The origins in the order they are probed.</summary>
    public IReadOnlyList<Uri> Origins => [.. new[] { Url, Alias }.OfType<Uri>().DistinctBy(uri => uri.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase)];

    /// <summary>The target of one deployment: production's alias is the configured address, a preview's is its own first alias.</summary>
    /// <exception cref="AfFaultException">The deployment has no address to ask.</exception>
    public static RouteTarget For(AfConfig config, Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(deployment);
        Uri? url = deployment.Url is null ? null : DeploymentOrigin.Of(deployment.Url);
        Uri? alias = deployment.IsProduction
            ? DeploymentOrigin.Production(config)
            : deployment.Aliases.Select(DeploymentOrigin.Parse).OfType<Uri>().FirstOrDefault(candidate => candidate != url && !DeploymentOrigin.IsProduction(config, candidate));
        return url is null && alias is null
            ? throw new AfFaultException(
                FaultKind.InvalidState,
                FaultId.DeploymentWithoutAddress,
                $"The deployment '{deployment.Id}' has no address to ask.",
                "Use a token that may see the deployment in full, or wait until it is READY (Wait-AfDeployment).",
                deployment.Id)
            : new()
            {
                DeploymentId = deployment.Id,
                CommitSha = deployment.CommitSha,
                Url = url,
                Alias = alias,
                IsProduction = deployment.IsProduction,
                CreatedAt = deployment.CreatedAt,
            };
    }
}
