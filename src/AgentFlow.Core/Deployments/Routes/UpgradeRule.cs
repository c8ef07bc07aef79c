using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD028: production asked over plain http answers with a permanent redirect to https.</summary>
internal static class UpgradeRule
{
    public static async Task<CheckFinding> JudgeAsync(RouteSession session, Uri origin)
    {
        if (origin.Scheme != Uri.UriSchemeHttps || !origin.IsDefaultPort)
        {
            return CheckFinding.Skipped("The address is on this machine, where there is no https to upgrade to.");
        }

        Uri plain = new UriBuilder(Uri.UriSchemeHttp, origin.Host).Uri;
        RouteAnswer answer;
        try
        {
            answer = await session.GetAsync(plain).ConfigureAwait(false);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Connection)
        {
            return CheckFinding.Pass("Nothing answers over plain http.");
        }

        const string Expected = "308 to https";
        if (PlatformPages.Recognise(answer) is { } platform)
        {
            return AnswerRule.OfPlatform(platform, answer, Expected);
        }

        string actual = answer.Location is { } location ? $"{answer.Status} {LocationText.Of(plain, location)}" : $"{answer.Status}";
        BrowserTarget? target = RouteTrail.IsRedirectStatus(answer.Status) && answer.Location is not null ? BrowserAddress.Resolve(plain, answer.Location) : null;
        return target switch
        {
            { Kind: BrowserTargetKind.Upgrade } when answer.Status is 301 or 308 => CheckFinding.Pass($"Plain http is answered with {answer.Status} to https.") with { Attempts = answer.Attempts },
            { Kind: BrowserTargetKind.Upgrade } => CheckFinding.Warn($"Plain http is upgraded with {answer.Status}, which browsers forget.", "Answer 308.") with { Expected = Expected, Actual = actual },
            { Scheme: "https", Uri: { } next } when session.IsOwn(next) => CheckFinding.Pass($"Plain http is answered with {answer.Status} to https on {next.Authority}."),
            not null => CheckFinding.Fail("Plain http is redirected elsewhere than to https of the same host.", Expected, actual, "Redirect to https of the same host first."),
            _ => CheckFinding.Fail("The site answers over plain http.", Expected, actual, "Redirect http to https in front of the app (Vercel does so for its domains)."),
        };
    }
}
