using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>The deployment that gets the synthetic lead.</summary>
public sealed record LeadTarget
{
    /// <summary><c>dpl_…</c>.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>production, staging, preview or the slug of a custom environment.</summary>
    public required string Target { get; init; }

    /// <summary>The commit that was built; null when not known.</summary>
    public string? CommitSha { get; init; }

    /// <summary>Where it is sent: the immutable origin.</summary>
    public required Uri Origin { get; init; }

    /// <summary>Hosts that point at it; one of production's among them refuses the probe.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The target of one deployment.</summary>
    /// <exception cref="AfFaultException">The deployment has no immutable address.</exception>
    public static LeadTarget For(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return deployment.Url is null
            ? throw new AfFaultException(
                FaultKind.InvalidState,
                FaultId.DeploymentWithoutAddress,
                $"The deployment '{deployment.Id}' has no address to ask.",
                "Use a token that may see the deployment in full, or wait until it is READY (Wait-AfDeployment).",
                deployment.Id)
            : new() { DeploymentId = deployment.Id, Target = deployment.Target, CommitSha = deployment.CommitSha, Origin = DeploymentOrigin.Of(deployment.Url), Aliases = deployment.Aliases };
    }
}
