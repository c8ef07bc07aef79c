using System.Diagnostics.CodeAnalysis;

namespace AgentFlow.Sandbox.Scenarios;

/// <summary>All scenarios, as data.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("healthy", "Everything is as the runbook expects."),
        new("broken", "A bad day: missing variables, a stale alias, a broken route and no audit event.", Trait.MissingEnv, Trait.StaleAlias, Trait.BrokenRoute, Trait.LeadWithoutAudit),
        new("missing-env", "The production build failed because required variables are missing.", Trait.MissingEnv),
        new("wrong-repository", "The project is linked to another repository that bears the same name.", Trait.WrongRepository),
        new("renamed-repository", "The repository was renamed; its id is the pinned one.", Trait.RenamedRepository),
        new("cli-upload", "The production deployment was uploaded from somebody's machine, not built from git.", Trait.CliUpload),
        new("stale-alias", "The production alias still points at the previous deployment.", Trait.StaleAlias),
        new("old-build", "The alias points at the right deployment, but the pages carry another deployment's stamp.", Trait.OldBuild),
        new("missing-metadata", "Vercel says neither the commit nor the source of its deployments.", Trait.MissingMetadata),
        new("wrong-branch", "The production deployment was built from a feature branch.", Trait.WrongBranch),
        new("unknown-commit", "The deployed commit does not exist in the pinned repository.", Trait.UnknownCommit),
        new("foreign-domain", "Another project owns the production domain.", Trait.ForeignDomain),
        new("pinned-rollback", "Production is pinned by an instant rollback; new builds are not assigned.", Trait.PinnedRollback),
        new("building", "The newest production deployment is still building.", Trait.Building),
        new("huge-log", "The build log has 100,000 lines.", Trait.HugeLog),
        new("expired-token", "Every provider refuses the tokens as expired.", Trait.ExpiredToken),
        new("narrow-token", "The tokens are valid but lack the scopes that are needed.", Trait.NarrowToken),
        new("broad-token", "The tokens may do far more than is needed.", Trait.BroadToken),
        new("rate-limited", "Every provider call is refused until the rate limit resets.", Trait.RateLimited),
        new("clock-skew", "The providers' clocks are ten minutes behind this machine's.", Trait.ClockSkew),
        new("broken-route", "One public route answers 500.", Trait.BrokenRoute),
        new("open-redirect", "The dashboard sends signed-out visitors to another host.", Trait.OpenRedirect),
        new("redirect-loop", "The dashboard and the login page redirect to each other.", Trait.RedirectLoop),
        new("soft-404", "A missing page answers 200 with the text of a not-found page.", Trait.SoftNotFound),
        new("error-200", "A page answers 200 with the content of a server error.", Trait.ErrorInOk),
        new("protected", "Deployment Protection answers in place of the app.", Trait.Protected),
        new("open-dashboard", "The dashboard is shown to visitors who are not signed in.", Trait.OpenDashboard),
        new("lead-without-audit", "A lead is qualified without an audit event.", Trait.LeadWithoutAudit),
        new("double-usage", "One lead is counted twice.", Trait.DoubleUsage),
        new("cross-tenant-lead", "Another tenant can see the lead.", Trait.CrossTenantLead),
        new("lead-stuck", "The qualification never reaches a final state.", Trait.LeadStuck),
        new("lead-failed", "The qualification ends as failed.", Trait.LeadFailed),
        new("lead-refused", "The lead intake answers 500.", Trait.LeadRefused),
        new("integration-failed", "A configured integration reports a failure.", Trait.IntegrationFailed),
        new("open-return", "The login page redirects to whatever address its return parameter names.", Trait.OpenReturn),
        new("foreign-return", "The dashboard sends visitors to sign-in with a way back that leaves the site once it is decoded again.", Trait.ForeignReturn),
        new("login-wall", "A public page asks visitors to sign in.", Trait.LoginWall),
        new("empty-page", "A page answers 200 with nothing in it.", Trait.EmptyPage),
        new("stale-cache", "A cache in front of the app serves pages from before the deployment.", Trait.StaleCache),
        new("paused", "The project is paused; Vercel answers in place of the app.", Trait.Paused),
        new("challenged", "Vercel's firewall asks every visitor for a browser.", Trait.Challenged),
        new("lead-in-other-tenant", "The lead is written into another tenant.", Trait.LeadInOtherTenant),
        new("repeated-lead", "The lead intake ignores idempotency keys.", Trait.RepeatedLead),
    ];

    /// <summary>Finds a scenario by name, or puts several together from names joined by '+'.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Scenario? scenario)
    {
        List<Scenario> found = [];
        foreach (string part in name.Split('+'))
        {
            if (All.FirstOrDefault(one => one.Name == part) is { } known)
            {
                found.Add(known);
            }
            else
            {
                scenario = null;
                return false;
            }
        }

        scenario = found.Count == 1 ? found[0] : new(name, string.Join(' ', found.Select(one => one.Summary)), [.. found.SelectMany(one => one.Traits).Distinct()]);
        return true;
    }
}
