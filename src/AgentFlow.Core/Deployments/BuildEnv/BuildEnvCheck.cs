using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.BuildEnv;

/// <summary>
/// Runbook D2: the names that the build log calls missing, joined with the names that the config requires and with what the
/// platform holds for the deployment's target. The log and the lists are read at once; names only, never values.
/// </summary>
public sealed class BuildEnvCheck(AfConfig config, IDeploymentSource deployments, IVariableSource variables)
{
    /// <summary>
    /// Checks one deployment. Yields AFD010 per name that the log calls missing (or once), AFD011 per required name that is not as
    /// it should be (or once), and AFD012 once.
    /// </summary>
    public IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, Deployment deployment, CancellationToken cancellationToken)
    {
        Lock gate = new();
        Task<HeldVariables>? held = null;
        Task<HeldVariables> HeldAsync(CancellationToken token)
        {
            lock (gate)
            {
                return held ??= LoadAsync(deployment, token);
            }
        }

        return CheckRun.MergeAsync<CheckResult>(
            [
                token => VariablesAsync(run, deployment, HeldAsync, token),
                token => LogAsync(run, deployment, HeldAsync, token),
            ],
            cancellationToken);
    }

    // Async, so that a missing pin is a failed task like any other: what the log says still counts.
    private async Task<HeldVariables> LoadAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        string project = deployment.ProjectId ?? config.Vercel.ProjectId ?? throw new AfFaultException(
            FaultKind.InvalidState, FaultId.ProjectNotPinned, "Neither the deployment nor the config names a Vercel project.", "Set vercel.projectId (prj_...) in agentflow.json; New-AfConfig finds it.", deployment.Id);
        return await HeldVariables.LoadAsync(deployments, variables, project, deployment, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<CheckResult> VariablesAsync(
        CheckRun run, Deployment deployment, Func<CancellationToken, Task<HeldVariables>> load, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BuildPlace place = BuildPlace.Of(deployment);
        IReadOnlyList<string>? required = Required(place);
        HeldVariables? held = null;
        CheckResult changed = await run.RunAsync(
            DeploymentChecks.ChangedEnv,
            place.Name,
            async token => EnvRules.Changed(held = await load(token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        yield return changed;
        if (required is null)
        {
            yield return run.Result(DeploymentChecks.RequiredEnv, place.Name, CheckFinding.Skipped($"The config requires no names for {place.Name}.", $"List them in requiredEnv.{place.Name} of agentflow.json; New-AfConfig proposes a list."));
            yield break;
        }

        if (held is null)
        {
            yield return run.Result(DeploymentChecks.RequiredEnv, place.Name, new() { Outcome = changed.Outcome, Reason = changed.Reason, Actual = changed.Actual, Remediation = changed.Remediation });
            yield break;
        }

        int fine = 0;
        foreach (string name in required)
        {
            if (EnvRules.Required(held.Find(name), place) is { } finding)
            {
                yield return run.Result(DeploymentChecks.RequiredEnv, name, finding);
            }
            else
            {
                fine++;
            }
        }

        if (fine > 0)
        {
            yield return run.Result(DeploymentChecks.RequiredEnv, place.Name, CheckFinding.Pass(fine == required.Count
                ? $"All {fine} required variables are set for {place.Name}."
                : $"{fine} of {required.Count} required variables are set for {place.Name}."));
        }
    }

    private async IAsyncEnumerable<CheckResult> LogAsync(
        CheckRun run, Deployment deployment, Func<CancellationToken, Task<HeldVariables>> load, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Begun before the log is read, so that both are read at once; awaited for the first name only.
        Task<HeldVariables> loading = load(cancellationToken);
        BuildPlace place = BuildPlace.Of(deployment);
        HashSet<string>? required = Required(place)?.ToHashSet(StringComparer.Ordinal);
        BuildLogScan scan = new(deployments, deployment);
        await foreach (MissingEnv missing in scan.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Holding? holding = await FindAsync(loading, missing.Name).ConfigureAwait(false);
            bool matters = !deployment.IsReady || required is null || required.Contains(missing.Name);
            yield return run.Result(DeploymentChecks.LoggedMissing, missing.Name, EnvRules.Logged(missing, holding, place, matters));
        }

        if (scan.Conclusion is { } conclusion)
        {
            yield return run.Result(DeploymentChecks.LoggedMissing, deployment.Id, conclusion);
        }
    }

    // What the log says counts also when the lists cannot be read; that they cannot is a result of AFD011 and AFD012.
    private static async Task<Holding?> FindAsync(Task<HeldVariables> loading, string name)
    {
        try
        {
            return (await loading.ConfigureAwait(false)).Find(name);
        }
        catch (AfFaultException)
        {
            return null;
        }
    }

    private IReadOnlyList<string>? Required(BuildPlace place) => config.RequiredEnv.TryGetValue(place.Name, out IReadOnlyList<string>? names) && names.Count > 0
        ? [.. names.Distinct(StringComparer.Ordinal)]
        : null;
}
