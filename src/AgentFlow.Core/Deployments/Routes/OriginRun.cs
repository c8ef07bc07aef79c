using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>Everything that is asked of one origin. All requests are on their way when the constructor returns; what follows only waits.</summary>
internal sealed class OriginRun
{
    private readonly RouteSession _session;
    private readonly AfConfig _config;
    private readonly Task<LiveStamp?> _stamp;

    public OriginRun(RouteSession session, AfConfig config, IReadOnlyList<RouteExpectation> routes, Uri origin, Task<LiveStamp?> stamp)
    {
        (_session, _config, Origin, _stamp) = (session, config, origin, stamp);
        Routes = routes;
        Facts = [.. routes.Select(FactsAsync)];
        foreach (RouteExpectation route in routes.Where(RouteFacts.IsSignIn))
        {
            // Where the redirect will most likely lead is asked for at the same time; a chain of two then takes as long as one.
            _ = session.GetAsync(new Uri(origin, $"{route.RedirectTo}?{route.ReturnParameter ?? "next"}={Uri.EscapeDataString(route.Path)}"));
        }

        Unknown = session.FollowAsync(new Uri(origin, $"/agentflow-check-{Guid.NewGuid():N}"));
    }

    public Uri Origin { get; }

    public IReadOnlyList<RouteExpectation> Routes { get; }

    /// <summary>One per route, in the order of the routes.</summary>
    public IReadOnlyList<Task<RouteFacts>> Facts { get; }

    /// <summary>What an address that cannot exist answers.</summary>
    public Task<RouteTrail> Unknown { get; }

    /// <summary>The facts of the routes that answered; a route that did not has a record of its own.</summary>
    public async Task<IReadOnlyList<RouteFacts>> AnsweredAsync()
    {
        List<RouteFacts> answered = [];
        foreach (Task<RouteFacts> facts in Facts)
        {
            try
            {
                answered.Add(await facts.ConfigureAwait(false));
            }
            catch (AfFaultException)
            {
                // Told by the route's own record.
            }
        }

        return answered;
    }

    /// <summary>What an address that cannot exist answers; null when it did not.</summary>
    public async Task<RouteAnswer?> UnknownAnswerAsync()
    {
        try
        {
            return (await Unknown.ConfigureAwait(false)).First;
        }
        catch (AfFaultException)
        {
            return null;
        }
    }

    /// <summary>The stamp of the stamp route; null when there is none or it could not be read.</summary>
    public async Task<LiveStamp?> StampAsync()
    {
        try
        {
            return await _stamp.ConfigureAwait(false);
        }
        catch (AfFaultException)
        {
            return null;
        }
    }

    private async Task<RouteFacts> FactsAsync(RouteExpectation route)
    {
        Uri uri = new(Origin, route.Path);
        RouteTrail trail = await _session.FollowAsync(uri).ConfigureAwait(false);
        RouteAnswer answer = trail.First;
        string? header = _config.App.StampHeader is { } name ? answer.Header(name.ToLowerInvariant()) : null;
        PlatformPage? platform = PlatformPages.Recognise(answer);
        return new()
        {
            Route = route,
            Uri = uri,
            Trail = trail,
            Platform = platform,
            Page = answer.Status is >= 200 and < 300 && answer.Body.Length > 0 ? PageReading.Of(answer.Body) : null,
            Stamp = platform is null ? header ?? (await StampAsync().ConfigureAwait(false))?.Value : null,
        };
    }
}
