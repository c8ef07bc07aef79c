using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>AFD006 and AFD008, for one production host: it shows the deployment that it should, and it is the pinned project's alone.</summary>
internal static class DomainRules
{
    public static async Task<CheckFinding> TargetAsync(BindingFacts facts, string host, IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        Deployment deployment = facts.Deployment;
        if (await facts.AliasAsync(host, cancellationToken).ConfigureAwait(false) is not { } alias)
        {
            return deployment.IsProduction
                ? CheckFinding.Fail("No deployment of this account is behind the domain.", deployment.Id, "no alias", "Add the domain to the pinned project, or correct vercel.productionDomains in agentflow.json.")
                : CheckFinding.Inconclusive("No deployment of this account is behind the production domain.", "Add the domain to the pinned project, or correct vercel.productionDomains in agentflow.json.");
        }

        if (alias.Redirect is { Length: > 0 } redirect)
        {
            string target = DeploymentOrigin.Parse(redirect)?.Authority ?? redirect;
            return hosts.Contains(target, StringComparer.OrdinalIgnoreCase)
                ? CheckFinding.Pass($"It sends visitors on to {target}, which is checked itself.")
                : CheckFinding.Fail("It sends visitors on to a host that is not one of the production domains.", string.Join(", ", hosts), target, "Correct the redirect in Project Settings, Domains, or vercel.productionDomains in agentflow.json.");
        }

        if (alias.DeploymentId is not { } serving)
        {
            return CheckFinding.Inconclusive("Vercel does not say which deployment is behind the domain.", "Look at the domain in the Vercel dashboard.");
        }

        bool here = string.Equals(serving, deployment.Id, StringComparison.Ordinal);
        if (!deployment.IsProduction)
        {
            return here
                ? CheckFinding.Fail($"A production domain shows this {deployment.Target} deployment.", "a production deployment", serving, "Promote a production deployment, and find out who moved the domain.")
                : CheckFinding.Pass($"It does not show this {deployment.Target} deployment.");
        }

        return (here, deployment.SubState) switch
        {
            (true, _) => CheckFinding.Pass($"It shows {deployment.Id}."),
            (false, "ROLLING") => CheckFinding.Inconclusive("A rolling release is moving the domain.", "Run the check again when the release is complete."),
            (false, "STAGED") => CheckFinding.Fail("It shows another deployment; this one is staged and was never promoted.", deployment.Id, serving, "Promote this deployment. After a rollback nothing takes the domain by itself until a promotion."),
            _ => CheckFinding.Fail("It shows another deployment.", deployment.Id, serving, "If this deployment should be live, promote it; if not, check the one that is: Test-AfDeployment with its id."),
        };
    }

    public static async Task<CheckFinding> OwnerAsync(BindingFacts facts, string host, CancellationToken cancellationToken)
    {
        if (facts.Config.Vercel.ProjectId is not { } pin)
        {
            return Pins.NoProject();
        }

        Task<DomainAlias?> pointing = facts.AliasAsync(host, cancellationToken);
        ProjectDomain? domain = await facts.DomainAsync(pin, host, cancellationToken).ConfigureAwait(false);
        string? elsewhere = Other(domain?.ProjectId, pin) ?? Other((await pointing.ConfigureAwait(false))?.ProjectId, pin);
        if (elsewhere is not null)
        {
            return CheckFinding.Fail("Another project owns it.", pin, elsewhere, "Find out who moved it; then move it back in Project Settings, Domains of the pinned project.");
        }

        return domain switch
        {
            null => CheckFinding.Fail("The pinned project does not hold it.", pin, "not among the project's domains", "Add it in Project Settings, Domains, or correct vercel.productionDomains in agentflow.json."),
            { Verified: false } => CheckFinding.Fail("The project's claim to it is not verified: another account holds it.", "verified", "not verified", "Set the TXT record that Project Settings, Domains shows."),
            { Verified: null } or { ProjectId: null } => CheckFinding.Inconclusive("Vercel does not say whose it is.", "Look at the domain in the Vercel dashboard."),
            _ => CheckFinding.Pass("The pinned project holds it, verified."),
        };
    }

    private static string? Other(string? projectId, string pin) => projectId is { Length: > 0 } && !string.Equals(projectId, pin, StringComparison.Ordinal) ? projectId : null;
}
