using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD029: an address that cannot exist is refused, so that a missing page would be noticed at all.</summary>
internal static class UnknownRule
{
    public static CheckFinding Judge(RouteTrail trail)
    {
        RouteAnswer answer = trail.First;
        CheckFinding Fail(string reason, string fix) => CheckFinding.Fail(reason, "404", trail.ToString(), fix);
        if (PlatformPages.Recognise(answer) is { } platform)
        {
            return platform is { Kind: PlatformPageKind.Error, Code: "NOT_FOUND" } && answer.Status == 404
                ? CheckFinding.Pass("An unknown address answers 404.")
                : AnswerRule.OfPlatform(platform, answer, "404");
        }

        if (trail.IsRedirect)
        {
            return trail.End switch
            {
                TrailEnd.Landed when trail.Last.Status is 404 or 410 => CheckFinding.Pass($"An unknown address ends in {trail.Last.Status}."),
                TrailEnd.Landed when RouteFacts.IsSignInPath(trail.Last.Uri.AbsolutePath) => CheckFinding.Pass("An unknown address asks for sign-in."),
                TrailEnd.Landed => CheckFinding.Warn("An unknown address is redirected to a page that exists.", "Answer 404, so that broken links are noticed.") with { Expected = "404", Actual = trail.ToString() },
                TrailEnd.OffSite => Fail("An unknown address is redirected to another site.", "Answer 404; never build a redirect from the path that was asked for."),
                _ => Fail("An unknown address is redirected without end.", "Answer 404."),
            };
        }

        return answer.Status switch
        {
            404 or 410 or 401 or 403 => CheckFinding.Pass($"An unknown address answers {answer.Status}."),
            >= 500 => Fail($"An unknown address answers {answer.Status}.", "See the function log of the deployment at the time of this check."),
            >= 200 and < 300 when answer.Body.Length > 0 && PageRule.ErrorIn(PageReading.Of(answer.Body)) is not null =>
                Fail($"An unknown address answers {answer.Status} with an error page (soft 404).", "Answer 404 (notFound() before anything is streamed); search engines and monitors go by the status."),
            >= 200 and < 300 => CheckFinding.Warn($"An unknown address answers {answer.Status}, so a missing page cannot be told from a page.", "Answer 404 for what does not exist.") with { Expected = "404", Actual = $"{answer.Status}" },
            _ => CheckFinding.Warn($"An unknown address answers {answer.Status}.", "Answer 404 for what does not exist.") with { Expected = "404", Actual = $"{answer.Status}" },
        };
    }
}
