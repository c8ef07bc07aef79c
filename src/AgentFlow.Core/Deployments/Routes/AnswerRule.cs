using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD020: the route answers with the configured status, or redirects where it is configured to.</summary>
internal static class AnswerRule
{
    public static CheckFinding Judge(RouteFacts facts)
    {
        RouteExpectation route = facts.Route;
        RouteAnswer answer = facts.Answer;
        if (facts.Platform is { } platform)
        {
            return OfPlatform(platform, answer, $"{route.Status}");
        }

        if (route.RedirectTo is { } to)
        {
            return OfRedirect(facts, to);
        }

        if (answer.Status == route.Status)
        {
            return CheckFinding.Pass(answer.Attempts > 1 ? $"It answered {answer.Status} after {answer.Attempts} attempts." : $"It answered {answer.Status}.");
        }

        return facts.Trail.IsRedirect ? OfUnexpectedRedirect(facts) : CheckFinding.Fail(
            $"It answered {answer.Status} instead of {route.Status}.",
            $"{route.Status}",
            $"{answer.Status}",
            answer.Status >= 500 ? "See the function log of the deployment at the time of this check, and its missing variables (Test-AfDeployment -Check BuildEnv)."
                : answer.Status == 404 ? "See whether the build produced the route, and the app's rewrites; correct routes in agentflow.json if it has moved."
                : "See the app's middleware and its configuration of this route.");
    }

    /// <summary>What an answer of the platform means for a check of the app: protection and challenge hide it, an error is one.</summary>
    public static CheckFinding OfPlatform(PlatformPage page, RouteAnswer answer, string expected) => page.Kind == PlatformPageKind.Error
        ? CheckFinding.Fail($"{PlatformPages.Describe(page)}.", expected, $"{answer.Status} {page.Code}", PlatformPages.Fix(page, answer.BypassSent))
        : CheckFinding.Inconclusive($"{PlatformPages.Describe(page)} ({answer.Status}).", PlatformPages.Fix(page, answer.BypassSent)) with { Expected = expected, Actual = $"{answer.Status}" };

    private static CheckFinding OfRedirect(RouteFacts facts, string to)
    {
        RouteAnswer answer = facts.Answer;
        string expected = $"redirect to {to}";
        if (!facts.Trail.IsRedirect)
        {
            return CheckFinding.Fail($"It answered {answer.Status} and does not redirect.", expected, $"{answer.Status}", "See the app's middleware and redirects for this route.");
        }

        BrowserTarget target = BrowserAddress.Resolve(facts.Uri, answer.Location ?? string.Empty);
        return target.Kind != BrowserTargetKind.Same
            ? CheckFinding.Fail("It redirects to another site.", expected, facts.Trail.ToString(), "Redirect to a path of the same host.")
            : SamePath(target.Uri!.AbsolutePath, to)
                ? CheckFinding.Pass($"It redirects to {to}.")
                : CheckFinding.Fail("It redirects to another path.", expected, facts.Trail.ToString(), "Correct the redirect, or redirectTo of this route in agentflow.json.");
    }

    private static CheckFinding OfUnexpectedRedirect(RouteFacts facts)
    {
        RouteTrail trail = facts.Trail;
        Uri last = trail.Last.Uri;
        bool samePage = trail.End == TrailEnd.Landed && trail.Last.Status == facts.Route.Status && SamePath(last.AbsolutePath, facts.Route.Path);
        if (samePage)
        {
            string where = DeploymentOrigin.Same(last, facts.Uri) ? "under the same path with another slash" : $"on {last.Authority}";
            return CheckFinding.Warn($"It redirects first and answers {trail.Last.Status} {where}.", "Name the address that answers by itself in agentflow.json (app.productionUrl, routes).") with { Actual = trail.ToString() };
        }

        string reason = trail.End switch
        {
            TrailEnd.OffSite => "It sends visitors to another site.",
            _ when BrowserAddress.Resolve(facts.Uri, facts.Answer.Location ?? string.Empty) is { Kind: BrowserTargetKind.Same, Uri: { } next } && RouteFacts.IsSignInPath(next.AbsolutePath) =>
                "It is a public page and asks visitors to sign in.",
            _ => $"It redirects instead of answering {facts.Route.Status}.",
        };
        return CheckFinding.Fail(reason, $"{facts.Route.Status}", trail.ToString(), "See the app's middleware for this route; if the redirect is meant, set redirectTo of the route in agentflow.json.");
    }

    /// <summary>True for the same path, with or without a slash at its end.</summary>
    public static bool SamePath(string left, string right) => Uri.UnescapeDataString(left).TrimEnd('/') == Uri.UnescapeDataString(right).TrimEnd('/');
}
