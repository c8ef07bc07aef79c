using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Follows one deployment until it is finished.</summary>
public sealed class DeploymentWatch(IDeploymentSource source, TimeProvider time)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>Polls, ever more slowly, and calls <paramref name="changed"/> on each new state.</summary>
    /// <exception cref="AfFaultException">AfDeploymentTimeout.</exception>
    public async Task<Deployment> WaitAsync(string id, TimeSpan timeout, Func<Deployment, ValueTask> changed, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        TimeSpan pause = s_first;
        string? last = null;
        while (true)
        {
            Deployment deployment = await source.GetDeploymentAsync(id, cancellationToken).ConfigureAwait(false);
            if (deployment.State != last)
            {
                last = deployment.State;
                await changed(deployment).ConfigureAwait(false);
            }

            if (deployment.IsFinished)
            {
                return deployment;
            }

            TimeSpan left = timeout - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                throw new AfFaultException(
                    FaultKind.Timeout, FaultId.DeploymentTimeout, $"Deployment {id} is still {deployment.State} after {timeout.TotalSeconds:0} s.", "Wait longer with -TimeoutSeconds, or look at its log: Get-AfBuildLog -Follow.", id);
            }

            await Task.Delay(pause < left ? pause : left, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < s_longest ? pause * 1.5 : s_longest;
        }
    }
}
