using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD022: whatever redirects, stays on the site, over https, and arrives.</summary>
internal static class ChainRule
{
    /// <summary>What is wrong with the chain of one route; null when it is sound or there is none.</summary>
    public static CheckFinding? Judge(RouteFacts facts)
    {
        RouteTrail trail = facts.Trail;
        if (!trail.IsRedirect || trail.End == TrailEnd.Platform)
        {
            return null;
        }

        CheckFinding Fail(string reason, string fix) => CheckFinding.Fail(reason, "a chain that stays on the site and ends", trail.ToString(), fix);
        return trail.End switch
        {
            TrailEnd.Loop => Fail($"The redirects go in a circle, back to {trail.Beyond}.", "Exclude the page that is redirected to from the rule that redirects."),
            TrailEnd.TooLong => Fail($"There are more than {RouteTrail.MostRedirects} redirects.", "Redirect to the last page at once; a way back that grows with every redirect is a loop."),
            TrailEnd.OffSite => Fail($"The redirects leave the site for {trail.Beyond}.", "Redirect to paths of the own host only."),
            TrailEnd.Downgrade => Fail("A redirect leads from https to http.", "Redirect to a path, or build the address from the forwarded protocol."),
            TrailEnd.Malformed => Fail($"A redirect cannot be followed ({trail.Beyond}).", "Send a Location that is a path or an http address."),
            _ when trail.Last.Status >= 400 && PlatformPages.Recognise(trail.Last) is null => Fail($"The redirects end in {trail.Last.Status}.", "See the last page of the chain."),
            _ => null,
        };
    }
}
