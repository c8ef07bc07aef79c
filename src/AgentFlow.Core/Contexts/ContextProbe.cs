using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Contexts;

/// <summary>Asks each provider who the credential is and holds the answer against what the commands need.</summary>
public sealed class ContextProbe(AfConfig config, IReadOnlyList<IIdentitySource> identities, IDeploymentSource deployments, IRepositorySource repositories)
{
    private static readonly TimeSpan s_skewWarn = TimeSpan.FromSeconds(30);

    // Stripe and AWS refuse signatures that are five minutes off.
    private static readonly TimeSpan s_skewFail = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(7);

    /// <summary>All providers at once; records as they come.</summary>
    public IAsyncEnumerable<CheckResult> RunAsync(CheckRun run, CancellationToken cancellationToken) => CheckRun.MergeAsync<CheckResult>(
        [
            .. identities.Select<IIdentitySource, Func<CancellationToken, IAsyncEnumerable<CheckResult>>>(source => token => IdentityAsync(run, source, token)),
            token => OneAsync(run.RunAsync(ContextChecks.Project, config.Vercel.ProjectId ?? "vercel", ProjectAsync, token)),
            token => OneAsync(run.RunAsync(ContextChecks.Repository, Convert.ToString(config.GitHub.RepositoryId, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } id ? id : "github", RepositoryAsync, token)),
        ],
        cancellationToken);

    private static async IAsyncEnumerable<CheckResult> OneAsync(Task<CheckResult> result)
    {
        yield return await result.ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<CheckResult> IdentityAsync(CheckRun run, IIdentitySource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProviderIdentity? identity = null;
        yield return await run.RunAsync(
            ContextChecks.Identity,
            source.System,
            async token =>
            {
                try
                {
                    identity = await source.ReadAsync(token).ConfigureAwait(false);
                    return CheckFinding.Pass($"It is {identity.Account}.");
                }
                catch (AfFaultException fault) when (fault.Kind == FaultKind.Authentication)
                {
                    return CheckFinding.Fail(fault.Message, "an accepted credential", fault.Id, fault.Fix);
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (identity is not null)
        {
            if (identity.PinName is { } pin)
            {
                yield return run.Result(ContextChecks.Account, source.System, Account(identity, pin));
            }

            yield return run.Result(ContextChecks.Scopes, source.System, Scopes(identity));
            yield return run.Result(ContextChecks.Excess, source.System, Excess(identity));
            yield return run.Result(ContextChecks.Clock, source.System, Clock(identity));
            yield return run.Result(ContextChecks.Expiry, source.System, Expiry(identity, run.Time.GetUtcNow()));
        }
    }

    private static CheckFinding Account(ProviderIdentity identity, string pin) => identity.PinnedAccountId switch
    {
        null => CheckFinding.Inconclusive("The config pins no account of this provider.", $"Set {pin} in agentflow.json."),
        { } pinned when pinned == identity.AccountId => CheckFinding.Pass($"It belongs to {pinned}."),
        { } pinned => CheckFinding.Fail("The credential belongs to another account.", pinned, identity.AccountId ?? "not said", $"Use a credential of {pinned}, or correct {pin}."),
    };

    private static CheckFinding Scopes(ProviderIdentity identity) => identity switch
    {
        { Missing.Count: > 0 } => CheckFinding.Fail("The credential lacks scopes.", null, $"missing: {string.Join(", ", identity.Missing)}", "Grant exactly these, or make a new credential with them."),
        { Scopes: null } => CheckFinding.Inconclusive("The provider does not say what the credential may do.", "Nothing to do: the commands that need a scope will say so."),
        _ => CheckFinding.Pass("It has what the commands need."),
    };

    private static CheckFinding Excess(ProviderIdentity identity) => identity switch
    {
        { Excess.Count: > 0 } => CheckFinding.Warn($"It can do more than the commands need: {string.Join(", ", identity.Excess)}.", "Replace it by one with the least scopes; about_AgentFlow_Contexts lists them."),
        { Scopes: null } => CheckFinding.Inconclusive("The provider does not say what the credential may do.", "See about_AgentFlow_Contexts for the least scopes."),
        _ => CheckFinding.Pass("It has no scope beyond need."),
    };

    private static CheckFinding Clock(ProviderIdentity identity) => identity.ClockSkew switch
    {
        null => CheckFinding.Inconclusive("The provider sent no date.", "Nothing to do."),
        { } skew when skew.Duration() >= s_skewFail => CheckFinding.Fail($"This machine's clock is {skew.Duration().TotalSeconds:0} s off.", "under 300 s", $"{skew.TotalSeconds:0} s", "Synchronise the clock (NTP): signed requests are refused."),
        { } skew when skew.Duration() >= s_skewWarn => CheckFinding.Warn($"This machine's clock is {skew.Duration().TotalSeconds:0} s off.", "Synchronise the clock (NTP) before timelines are compared."),
        _ => CheckFinding.Pass("The clocks agree within 30 s."),
    };

    private static CheckFinding Expiry(ProviderIdentity identity, DateTimeOffset now) => identity switch
    {
        { ExpiresAt: { } at } when at <= now => CheckFinding.Fail("The credential has expired.", null, at.ToString("u"), "Make a new one and revoke this one."),
        { ExpiresAt: { } at } when at - now < s_soon => CheckFinding.Warn($"The credential expires on {at:yyyy-MM-dd}.", "Make a new one before that day."),
        { ExpiresAt: { } at } => CheckFinding.Pass($"It expires on {at:yyyy-MM-dd}."),
        { NeverExpires: true } => CheckFinding.Warn("The credential never expires.", "Replace it by one with an expiry."),
        _ => CheckFinding.Inconclusive("The provider does not say when the credential expires.", "Note its expiry where the team keeps such dates."),
    };

    private async Task<CheckFinding> ProjectAsync(CancellationToken cancellationToken)
    {
        if (config.Vercel.ProjectId is not { } id)
        {
            return CheckFinding.Inconclusive("The config pins no Vercel project.", "Set vercel.projectId; New-AfConfig finds it.");
        }

        HostedProject project = await deployments.GetProjectAsync(id, cancellationToken).ConfigureAwait(false);
        return project.Id == id
            ? CheckFinding.Pass($"It is {project.Name}.")
            : CheckFinding.Fail("Another project answers to the pinned id.", id, project.Id, "Correct vercel.projectId.");
    }

    private async Task<CheckFinding> RepositoryAsync(CancellationToken cancellationToken)
    {
        if (config.GitHub.RepositoryId is not { } id)
        {
            return CheckFinding.Inconclusive("The config pins no GitHub repository.", "Set github.repositoryId; New-AfConfig finds it.");
        }

        return await repositories.FindByIdAsync(id, cancellationToken).ConfigureAwait(false) is { } repository
            ? CheckFinding.Pass($"It is {repository}.")
            : CheckFinding.Fail("The pinned repository is not visible to this credential.", $"{id}", "not found", "Check github.repositoryId and give the token access to this repository.");
    }
}
