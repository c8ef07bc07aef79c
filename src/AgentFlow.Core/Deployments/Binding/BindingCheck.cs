using System.Runtime.CompilerServices;
using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>
/// Runbook D1: the deployment is tied to the pinned repository and the pinned project. All outside calls that do not need each
/// other run at once, and each result is yielded as soon as it is known.
/// </summary>
/// <param name="config">Holds the pins.</param>
/// <param name="deployments">The hosting platform.</param>
/// <param name="repositories">The repository's host.</param>
/// <param name="stamps">Asks the running app; null when it has no stamp, which skips that check.</param>
public sealed class BindingCheck(AfConfig config, IDeploymentSource deployments, IRepositorySource repositories, IStampSource? stamps)
{
    /// <summary>Checks one deployment. Yields AFD001-AFD009, those about domains once per production domain.</summary>
    public IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, Deployment deployment, CancellationToken cancellationToken)
    {
        BindingFacts facts = new(config, deployment, deployments, repositories);
        return CheckRun.MergeAsync<CheckResult>(
            [
                token => OneAsync(run, DeploymentChecks.Project, deployment.Id, _ => Task.FromResult(ProjectRules.Project(config, deployment)), token),
                token => OneAsync(run, DeploymentChecks.Source, deployment.Id, _ => Task.FromResult(SourceRules.Source(deployment)), token),
                token => OneAsync(run, DeploymentChecks.BuiltRepository, deployment.Id, _ => Task.FromResult(SourceRules.BuiltRepository(config, deployment)), token),
                token => OneAsync(run, DeploymentChecks.RepositoryLink, config.Vercel.ProjectId ?? deployment.Id, body => ProjectRules.RepositoryLinkAsync(facts, body), token),
                token => OneAsync(run, DeploymentChecks.CommitExists, deployment.Id, body => CommitRules.ExistsAsync(facts, body), token),
                token => OneAsync(run, DeploymentChecks.CommitOnBranch, deployment.Id, body => CommitRules.OnBranchAsync(facts, body), token),
                token => DomainsAsync(run, facts, token),
            ],
            cancellationToken);
    }

    private static async IAsyncEnumerable<CheckResult> OneAsync(CheckRun run, CheckDefinition check, string target, Func<CancellationToken, Task<CheckFinding>> body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await run.RunAsync(check, target, body, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<CheckResult> DomainsAsync(CheckRun run, BindingFacts facts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> hosts = [];

        // Runs as a check so that a platform that cannot be asked becomes a result.
        CheckResult found = await run.RunAsync(DeploymentChecks.AliasTarget, "production domains", async token =>
        {
            hosts = await facts.ProductionHostsAsync(token).ConfigureAwait(false);
            return CheckFinding.Inconclusive("Nothing says which domains show production.", "Set vercel.productionDomains in agentflow.json.");
        }, cancellationToken).ConfigureAwait(false);
        if (hosts.Count == 0)
        {
            yield return found;
            yield return run.Result(DeploymentChecks.DomainOwner, found.Target, new() { Outcome = found.Outcome, Reason = found.Reason, Actual = found.Actual, Remediation = found.Remediation });
        }

        List<Func<CancellationToken, IAsyncEnumerable<CheckResult>>> groups = [token => StampAsync(run, facts, hosts, token)];
        foreach (string host in hosts)
        {
            groups.Add(token => OneAsync(run, DeploymentChecks.AliasTarget, host, body => DomainRules.TargetAsync(facts, host, hosts, body), token));
            groups.Add(token => OneAsync(run, DeploymentChecks.DomainOwner, host, body => DomainRules.OwnerAsync(facts, host, body), token));
        }

        await foreach (CheckResult result in CheckRun.MergeAsync(groups, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<CheckResult> StampAsync(CheckRun run, BindingFacts facts, IReadOnlyList<string> hosts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Deployment deployment = facts.Deployment;
        if (stamps is null || (config.App.StampHeader is null && config.App.StampPath is null))
        {
            yield return run.Result(DeploymentChecks.LiveStamp, deployment.Id, CheckFinding.Skipped("The config names no place where the app says which build it is.", "Let the app send its deployment id, and set app.stampHeader or app.stampPath in agentflow.json."));
            yield break;
        }

        Uri? origin = deployment.IsProduction ? DeploymentOrigin.Production(config) ?? hosts.Select(DeploymentOrigin.Parse).FirstOrDefault() : deployment.Url;
        if (origin is null)
        {
            yield return run.Result(DeploymentChecks.LiveStamp, deployment.Id, CheckFinding.Inconclusive("Nothing says at which address the app runs.", "Set app.productionUrl or vercel.productionDomains in agentflow.json."));
            yield break;
        }

        yield return await run.RunAsync(
            DeploymentChecks.LiveStamp,
            origin.Authority,
            async token => StampRules.Compare(deployment, await stamps.ReadAsync(origin, token).ConfigureAwait(false), origin),
            cancellationToken).ConfigureAwait(false);
    }
}
