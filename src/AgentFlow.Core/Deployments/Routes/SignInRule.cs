using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD021: a protected route sends a signed-out visitor to the same host's sign-in page, with a relative path back.</summary>
internal static class SignInRule
{
    private const string FixRedirect = "In the middleware, redirect to a fixed path of the own host and add only the request's own path as the way back.";

    public static CheckFinding Judge(RouteFacts facts)
    {
        RouteExpectation route = facts.Route;
        RouteAnswer answer = facts.Answer;
        RouteTrail trail = facts.Trail;
        string expected = $"307 {route.RedirectTo}?{route.ReturnParameter ?? "next"}={Uri.EscapeDataString(route.Path)}";
        if (facts.Platform is { } platform)
        {
            return AnswerRule.OfPlatform(platform, answer, expected);
        }

        CheckFinding Fail(string reason, string fix) => CheckFinding.Fail(reason, expected, trail.ToString(), fix);
        if (!trail.IsRedirect)
        {
            return answer.Status is >= 200 and < 300
                ? facts.Page?.Refresh is not null || facts.Page?.Digests.Any(digest => digest.StartsWith("NEXT_REDIRECT", StringComparison.Ordinal)) == true
                    ? Fail($"It answered {answer.Status} with a page that redirects only in the browser; what stands in the page is public.", "Redirect in the middleware, before anything is rendered.")
                    : Fail($"It answered {answer.Status}: the page is shown to visitors who are not signed in.", "Protect the route in the middleware and in the page itself; what it shows may be customer data.")
                : Fail($"It answered {answer.Status} instead of sending the visitor to sign-in.", answer.Status >= 500 ? "See the function log of the deployment at the time of this check." : FixRedirect);
        }

        if (answer.Status is 301 or 308)
        {
            return Fail($"The redirect is permanent ({answer.Status}): browsers keep it and signed-in visitors never reach the page.", "Answer 307 or 303.");
        }

        BrowserTarget target = BrowserAddress.Resolve(facts.Uri, answer.Location ?? string.Empty);
        CheckFinding? leaves = target.Kind switch
        {
            BrowserTargetKind.Same => null,
            BrowserTargetKind.Downgrade => Fail("It redirects from https to http.", "Redirect to a path, or build the address from the forwarded protocol."),
            BrowserTargetKind.Foreign or BrowserTargetKind.Upgrade => Fail($"It sends visitors to another host ({RouteTrail.Shown(target.ToString())}).", FixRedirect),
            BrowserTargetKind.NotHttp => Fail($"It redirects to an address that is not http ({RouteTrail.Shown(target.ToString())}).", FixRedirect),
            _ => Fail("It redirects without an address that a browser could follow.", FixRedirect),
        };
        if (leaves is not null)
        {
            return leaves;
        }

        if (!AnswerRule.SamePath(target.Uri!.AbsolutePath, route.RedirectTo!))
        {
            return Fail($"It redirects to {RouteTrail.Shown(target.Uri.AbsolutePath)} instead of {route.RedirectTo}.", "Correct the redirect, or redirectTo of this route in agentflow.json.");
        }

        if (OfReturn(facts, target.Uri, expected) is { Outcome: CheckOutcome.Fail } wrong)
        {
            return wrong;
        }

        return trail.End switch
        {
            TrailEnd.Loop => Fail($"Sign-in itself redirects back ({trail.Beyond}): nobody can sign in.", "Exclude the sign-in page from the middleware's matcher."),
            TrailEnd.Landed when trail.Last.Status is >= 200 and < 300 => OfReturn(facts, target.Uri, expected) ?? CheckFinding.Pass($"It answered {answer.Status} to {route.RedirectTo} with a relative path back."),
            TrailEnd.Landed => Fail($"It redirects to {route.RedirectTo}, which answers {trail.Last.Status}.", "See the sign-in page first."),
            TrailEnd.Platform => CheckFinding.Inconclusive("The platform answered in place of the sign-in page.", "See the record of the sign-in page itself."),
            _ => Fail("The sign-in page itself redirects elsewhere.", FixRedirect),
        };
    }

    // Null when the way back is as it should be.
    private static CheckFinding? OfReturn(RouteFacts facts, Uri target, string expected)
    {
        RouteExpectation route = facts.Route;
        IReadOnlyList<KeyValuePair<string, string>> query = QueryString.Parse(target.Query);
        CheckFinding Fail(string reason) => CheckFinding.Fail(reason, expected, facts.Trail.ToString(), FixRedirect);

        // Any parameter of a usual name is looked at: the app may follow one that the config does not mention.
        List<KeyValuePair<string, string>> ways = [.. query.Where(pair => pair.Key == route.ReturnParameter || ReturnPath.UsualNames.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))];
        foreach ((string name, string value) in ways)
        {
            ReturnPath way = ReturnPath.Judge(facts.Uri, value);
            if (way.Kind == ReturnPathKind.Foreign)
            {
                string when = way.Decodings == 0 ? string.Empty : $" once it is decoded {(way.Decodings == 1 ? "again" : $"{way.Decodings} more times")}";
                return Fail($"The way back ({name}) leaves the site{when}: {RouteTrail.Shown(way.Leads ?? "another host")}.");
            }
        }

        int wanted = ways.FindIndex(pair => route.ReturnParameter is null || pair.Key == route.ReturnParameter);
        if (wanted < 0)
        {
            return Fail(route.ReturnParameter is { } parameter ? $"The redirect carries no way back in '{parameter}'." : "The redirect carries no way back.");
        }

        ReturnPath back = ReturnPath.Judge(facts.Uri, ways[wanted].Value);
        return back.Kind switch
        {
            ReturnPathKind.Absolute => Fail("The way back names the host; only a relative path is safe."),
            ReturnPathKind.Malformed => Fail("The way back is empty."),
            _ when !AnswerRule.SamePath(back.Path!, route.Path) => CheckFinding.Warn(
                $"The way back leads to {RouteTrail.Shown(back.Path!)} instead of {route.Path}.", "Carry the path that was asked for.") with { Expected = expected, Actual = facts.Trail.ToString() },
            _ => null,
        };
    }
}
