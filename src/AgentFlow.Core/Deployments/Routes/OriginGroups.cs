using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>The checks of one run as groups that only wait for the answers they need.</summary>
internal sealed class OriginGroups(AfConfig config, CheckRun run, RouteTarget target, RouteSession session, IReadOnlyList<OriginRun> origins)
{
    private readonly DateTimeOffset _startedAt = run.Time.GetUtcNow();
    private readonly long _start = run.Time.GetTimestamp();

    public IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<CheckResult>>> All()
    {
        List<Func<CancellationToken, IAsyncEnumerable<CheckResult>>> groups = [];
        foreach (OriginRun origin in origins)
        {
            for (int i = 0; i < origin.Facts.Count; i++)
            {
                (RouteExpectation route, Task<RouteFacts> facts) = (origin.Routes[i], origin.Facts[i]);
                groups.Add(_ => One(RouteRecordAsync(origin, route, facts)));
            }

            groups.Add(_ => OriginRecords(origin));
        }

        groups.Add(_ => One(OpenRedirectAsync()));
        groups.Add(AliasRecords);
        if (target is { IsProduction: true, Alias: { } alias })
        {
            groups.Add(_ => One(Record(RouteChecks.Upgrade, alias, () => UpgradeRule.JudgeAsync(session, alias))));
        }

        return groups;
    }

    private async Task<CheckResult> RouteRecordAsync(OriginRun origin, RouteExpectation route, Task<RouteFacts> pending)
    {
        bool isSignIn = RouteFacts.IsSignIn(route);
        CheckDefinition check = (isSignIn ? RouteChecks.SignIn : RouteChecks.Answer) with { Surface = route.Surface != "public" || !isSignIn ? route.Surface : RouteChecks.SignIn.Surface };
        Uri uri = new(origin.Origin, route.Path);
        try
        {
            RouteFacts facts = await pending.ConfigureAwait(false);
            CheckFinding finding = BuildRule.Qualify(isSignIn ? SignInRule.Judge(facts) : AnswerRule.Judge(facts), target, facts.Stamp);
            return run.Result(check, uri.AbsoluteUri, finding with { Attempts = facts.Answer.Attempts }, _startedAt, facts.Answer.Duration);
        }
        catch (AfFaultException fault)
        {
            return Error(check, uri.AbsoluteUri, fault);
        }
    }

    private async IAsyncEnumerable<CheckResult> OriginRecords(OriginRun origin)
    {
        IReadOnlyList<RouteFacts> facts = await origin.AnsweredAsync().ConfigureAwait(false);
        foreach (CheckResult result in Each(RouteChecks.Chain, origin, facts, ChainRule.Judge, Redirects))
        {
            yield return result;
        }

        foreach (CheckResult result in Each(RouteChecks.Freshness, origin, facts, one => FreshnessRule.Judge(one, target.CreatedAt, run.Time.GetUtcNow()), _ => "No answer is older than the deployment."))
        {
            yield return result;
        }

        RouteAnswer? unknown = await origin.UnknownAnswerAsync().ConfigureAwait(false);
        string? signInPath = SignInPath(origin.Routes);
        RouteFacts? signIn = facts.FirstOrDefault(one => signInPath is not null && AnswerRule.SamePath(one.Route.Path, signInPath));
        foreach (CheckResult result in Each(RouteChecks.Page, origin, facts, one => PageRule.Judge(one, unknown, signIn), Pages))
        {
            yield return result;
        }

        yield return await Record(RouteChecks.Unknown, origin.Origin, async () => UnknownRule.Judge(await origin.Unknown.ConfigureAwait(false))).ConfigureAwait(false);
        yield return await Record(RouteChecks.Build, origin.Origin, () => BuildAsync(origin, facts)).ConfigureAwait(false);
    }

    // One record for each route with a finding; without any, one that says for how many that is so.
    private IEnumerable<CheckResult> Each(CheckDefinition check, OriginRun origin, IReadOnlyList<RouteFacts> facts, Func<RouteFacts, CheckFinding?> judge, Func<IReadOnlyList<RouteFacts>, string> allWell)
    {
        bool any = false;
        foreach (RouteFacts one in facts)
        {
            if (judge(one) is { } finding)
            {
                any = true;
                yield return run.Result(check with { Surface = one.Route.Surface }, one.Uri.AbsoluteUri, finding with { Attempts = one.Answer.Attempts }, _startedAt, one.Answer.Duration);
            }
        }

        RouteFacts? hidden = facts.FirstOrDefault(one => AliasRule.IsHidden(one));
        RouteFacts[] judged = [.. facts.Where(one => one.Platform is null)];
        if (!any)
        {
            CheckFinding finding = judged.Length > 0 ? CheckFinding.Pass(allWell(judged))
                : hidden is { Platform: { } platform } ? AnswerRule.OfPlatform(platform, hidden.Answer, "the app's answers")
                : CheckFinding.Inconclusive("No route answered, so there is nothing to judge.", "See the records of the routes.");
            yield return run.Result(check, origin.Origin.AbsoluteUri, finding with { Attempts = Math.Max(1, facts.Count) }, _startedAt, Elapsed());
        }
    }

    private static string Redirects(IReadOnlyList<RouteFacts> facts) => facts.Count(one => one.Trail.IsRedirect) is var count and > 0
        ? $"{count} of {facts.Count} routes redirect, on the site and to an end." : $"None of {facts.Count} routes redirects.";

    private static string Pages(IReadOnlyList<RouteFacts> facts) => $"{facts.Count(one => one.Page is not null && one.Answer.Status is >= 200 and < 300)} pages are what their status claims.";

    private async Task<CheckFinding> BuildAsync(OriginRun origin, IReadOnlyList<RouteFacts> facts)
    {
        if (config.App.StampHeader is null && config.App.StampPath is null)
        {
            return CheckFinding.Skipped("The config names no stamp.", "Let the app send its deployment id (VERCEL_DEPLOYMENT_ID) in a header and name it in agentflow.json as app.stampHeader.");
        }

        LiveStamp? ofRoute = await origin.StampAsync().ConfigureAwait(false);
        RouteFacts[] ofApp = [.. facts.Where(one => one.Platform is null)];
        return ofApp.Length == 0 && ofRoute is null
            ? facts.FirstOrDefault(one => one.Platform is not null) is { Platform: { } platform } hidden
                ? AnswerRule.OfPlatform(platform, hidden.Answer, target.DeploymentId)
                : CheckFinding.Inconclusive("No route answered, so which build is there is not known.", "See the records of the routes.")
            : BuildRule.Judge(target, [.. ofApp.Select(one => one.Stamp), .. ofRoute is null ? Array.Empty<string?>() : [ofRoute.Value]]);
    }

    // One origin is enough: both serve the same build. Where the first is hidden by protection, the other is asked.
    private async Task<CheckResult> OpenRedirectAsync()
    {
        CheckResult? first = null;
        foreach (OriginRun origin in origins)
        {
            RouteExpectation[] signIns = [.. origin.Routes.Where(RouteFacts.IsSignIn)];
            CheckResult result = await Record(RouteChecks.OpenRedirect, origin.Origin, () => new OpenRedirectProbe(session, origin.Origin).RunAsync(signIns, SignInPath(origin.Routes))).ConfigureAwait(false);
            if (result.Outcome != CheckOutcome.Inconclusive)
            {
                return result;
            }

            first ??= result;
        }

        return first ?? run.Result(RouteChecks.OpenRedirect, target.DeploymentId, CheckFinding.Skipped("There is no address to ask."), _startedAt);
    }

    private async IAsyncEnumerable<CheckResult> AliasRecords([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (origins.Count < 2)
        {
            yield return run.Result(RouteChecks.Alias, target.DeploymentId, CheckFinding.Skipped("The deployment answers at one address only, so there is nothing to compare."), _startedAt);
            yield break;
        }

        IReadOnlyList<RouteFacts> left = await origins[0].AnsweredAsync().ConfigureAwait(false);
        IReadOnlyList<RouteFacts> right = await origins[1].AnsweredAsync().ConfigureAwait(false);
        (RouteFacts Left, RouteFacts Right)[] pairs = [.. left.Join(right, one => one.Route, one => one.Route, (one, other) => (one, other))];
        (RouteFacts Left, RouteFacts Right)[] open = [.. pairs.Where(pair => !AliasRule.IsHidden(pair.Left) && !AliasRule.IsHidden(pair.Right))];
        int differing = 0;
        foreach ((RouteFacts one, RouteFacts other) in open)
        {
            if (AliasRule.Difference(one, other) is { } finding)
            {
                differing++;
                yield return run.Result(RouteChecks.Alias with { Surface = one.Route.Surface }, other.Uri.AbsoluteUri, finding with { Attempts = one.Answer.Attempts + other.Answer.Attempts }, _startedAt, other.Answer.Duration);
            }
        }

        if (differing == 0)
        {
            bool otherBuild = open.Any(pair => IsOther(pair.Left) || IsOther(pair.Right));
            CheckFinding finding = open.Length < config.Routes.Count && open.Length < origins[0].Routes.Count
                ? CheckFinding.Inconclusive($"{open.Length} of {origins[0].Routes.Count} routes could be compared.", "See the records of the routes that did not answer or are protected.")
                : otherBuild
                    ? CheckFinding.Inconclusive("The answers agree, but another build gave some of them.", "See the record of AFD026.")
                    : CheckFinding.Pass($"{open.Length} routes answer the same at both addresses.");
            yield return run.Result(RouteChecks.Alias, origins[1].Origin.AbsoluteUri, finding with { Attempts = Math.Max(1, open.Length * 2) }, _startedAt, Elapsed());
        }
    }

    private bool IsOther(RouteFacts facts) => facts.Stamp is { } stamp && StampRule.Compare(stamp, target.DeploymentId, target.CommitSha) == StampMatch.Other;

    private static string? SignInPath(IReadOnlyList<RouteExpectation> routes) =>
        routes.FirstOrDefault(RouteFacts.IsSignIn)?.RedirectTo ?? routes.FirstOrDefault(route => route.RedirectTo is null && RouteFacts.IsSignInPath(route.Path))?.Path;

    private async Task<CheckResult> Record(CheckDefinition check, Uri origin, Func<Task<CheckFinding>> judge)
    {
        try
        {
            return run.Result(check, origin.AbsoluteUri, await judge().ConfigureAwait(false), _startedAt, Elapsed());
        }
        catch (AfFaultException fault)
        {
            return Error(check, origin.AbsoluteUri, fault);
        }
    }

    private CheckResult Error(CheckDefinition check, string at, AfFaultException fault) =>
        run.Result(check, at, new() { Outcome = CheckOutcome.Error, Reason = fault.Message, Actual = fault.Id, Remediation = fault.Fix }, _startedAt, Elapsed());

    private TimeSpan Elapsed() => run.Time.GetElapsedTime(_start);

    private static async IAsyncEnumerable<CheckResult> One(Task<CheckResult> result)
    {
        yield return await result.ConfigureAwait(false);
    }
}
