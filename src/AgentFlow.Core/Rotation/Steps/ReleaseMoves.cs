using System.Globalization;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Steps;

/// <summary>Building without taking traffic, and taking traffic. Both look for what is there before they act.</summary>
internal sealed class ReleaseMoves(RotationPorts ports, RotationLimits limits)
{
    /// <summary>What marks a build at the platform.</summary>
    public static string Tag(string rotationId, string purpose, int generation) => string.Create(CultureInfo.InvariantCulture, $"{rotationId}-{purpose}{generation}");

    /// <summary>A ready deployment of the same sources with the variables of now.</summary>
    public async Task<BuildState> BuildAsync(RotationSession session, string purpose, ServingState serving, CancellationToken cancellationToken)
    {
        string tag = Tag(session.View.Record.RotationId, purpose, session.View.Record.Generation);
        BuildState? build = await FindAsync(tag, cancellationToken);
        if (build is null)
        {
            // A finished production build takes the domains by itself unless the project is told not to.
            if (serving.AutoAssign)
            {
                await session.CallAsync(CallName.HoldDomains, null, token => ports.Releases.SetAutoAssignAsync(false, token), cancellationToken);
            }

            string id = await session.CallAsync(
                CallName.Build, serving.DeploymentId, token => ports.Releases.StartBuildAsync(serving.DeploymentId, tag, token), static _ => new(), cancellationToken);
            build = await ports.Releases.ReadBuildAsync(id, cancellationToken);
        }

        long begun = ports.Time.GetTimestamp();
        while (build.Phase == BuildPhase.Running)
        {
            if (ports.Time.GetElapsedTime(begun) > limits.BuildTimeout)
            {
                throw new AfFaultException(
                    FaultKind.Timeout, FaultId.RotationCallFailed, $"Deployment {build.DeploymentId} is still building after {limits.BuildTimeout.TotalMinutes:0} minutes.", "Look at its build log, then resume.", build.DeploymentId);
            }

            await Task.Delay(limits.PollEvery, ports.Time, cancellationToken);
            build = await ports.Releases.ReadBuildAsync(build.DeploymentId, cancellationToken);
        }

        await ReleaseDomainsAsync(session, cancellationToken);
        return build.Phase == BuildPhase.Ready ? build : throw new AfFaultException(
            FaultKind.InvalidState,
            FaultId.RotationCallFailed,
            $"Deployment {build.DeploymentId} failed to build ({build.ErrorCode ?? "no code"}).",
            $"Read its log with Get-AfBuildLog {build.DeploymentId}, correct the cause, then resume.",
            build.DeploymentId);
    }

    /// <summary>Puts the project back to what it was, if we had changed it.</summary>
    public async Task ReleaseDomainsAsync(RotationSession session, CancellationToken cancellationToken)
    {
        if (session.View.DomainsHeld)
        {
            await session.CallAsync(CallName.ReleaseDomains, null, token => ports.Releases.SetAutoAssignAsync(true, token), cancellationToken);
        }
    }

    /// <summary>Production is served by this deployment when it returns.</summary>
    public async Task PromoteAsync(RotationSession session, string deploymentId, CancellationToken cancellationToken)
    {
        if ((await ports.Releases.ReadServingAsync(cancellationToken)).DeploymentId == deploymentId)
        {
            return;
        }

        try
        {
            await session.CallAsync(CallName.Promote, deploymentId, token => ports.Releases.PromoteAsync(deploymentId, token), cancellationToken);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Conflict)
        {
            // A promotion is under way, perhaps our own whose answer was lost: the alias will tell whose it was.
        }

        long begun = ports.Time.GetTimestamp();
        while (true)
        {
            ServingState serving = await ports.Releases.ReadServingAsync(cancellationToken);
            if (serving.DeploymentId == deploymentId && !serving.Rolling)
            {
                return;
            }

            if (ports.Time.GetElapsedTime(begun) > limits.PromoteTimeout)
            {
                throw new HeldException(
                    HoldCode.ProviderUnavailable,
                    serving.Rolling ? $"The promotion of {deploymentId} waits for a rolling release." : $"The alias still points at {serving.DeploymentId}, not at {deploymentId}.",
                    "Let the rolling release end or see the project's deployments, then Resume-AfEnvRotation.");
            }

            await Task.Delay(limits.PollEvery, ports.Time, cancellationToken);
        }
    }

    /// <summary>Returns once every route is healthy there.</summary>
    /// <exception cref="AfFaultException"><see cref="FaultId.RotationProofFailed"/>.</exception>
    public async Task RequireHealthyAsync(Uri origin, CancellationToken cancellationToken)
    {
        long begun = ports.Time.GetTimestamp();
        while (await ports.App.FindUnhealthyAsync(origin, cancellationToken) is { } problem)
        {
            if (ports.Time.GetElapsedTime(begun) > limits.HealthTimeout)
            {
                throw new AfFaultException(FaultKind.InvalidState, FaultId.RotationProofFailed, problem, "Look at the function log of that deployment; production was not changed by this check.", origin.ToString());
            }

            await Task.Delay(limits.PollEvery, ports.Time, cancellationToken);
        }
    }

    private async Task<BuildState?> FindAsync(string tag, CancellationToken cancellationToken)
    {
        BuildState? best = null;
        foreach (string id in await ports.Releases.FindBuildsAsync(tag, cancellationToken))
        {
            BuildState build = await ports.Releases.ReadBuildAsync(id, cancellationToken);
            best = build.Phase == BuildPhase.Failed || best is { Phase: BuildPhase.Ready } ? best : build;
        }

        return best;
    }
}
