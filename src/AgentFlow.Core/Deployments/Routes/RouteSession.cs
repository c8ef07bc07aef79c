namespace AgentFlow.Deployments.Routes;

/// <summary>All requests of one run: each address is asked once, and only on the deployment's own origins.</summary>
internal sealed class RouteSession(IRouteProbe probe, IReadOnlyList<Uri> own, CancellationToken cancellationToken)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<RouteAnswer>> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks for an address, or gives the answer that is there or on its way.</summary>
    public Task<RouteAnswer> GetAsync(Uri uri)
    {
        string key = uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        lock (_gate)
        {
            return _asked.TryGetValue(key, out Task<RouteAnswer>? known) ? known : _asked[key] = probe.GetAsync(new(uri, IsOwn(uri)), cancellationToken);
        }
    }

    /// <summary>True for an origin of the deployment or of its project.</summary>
    public bool IsOwn(Uri uri) => own.Any(origin => DeploymentOrigin.Same(origin, uri));

    /// <summary>Asks for an address and follows its redirects by hand, never to another site.</summary>
    public async Task<RouteTrail> FollowAsync(Uri first)
    {
        List<RouteAnswer> answers = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        Uri at = first;
        while (true)
        {
            seen.Add(at.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
            RouteAnswer answer = await GetAsync(at).ConfigureAwait(false);
            answers.Add(answer);
            if (!RouteTrail.IsRedirectStatus(answer.Status))
            {
                return new(answers, TrailEnd.Landed, null);
            }

            if (PlatformPages.Recognise(answer) is not null)
            {
                return new(answers, TrailEnd.Platform, null);
            }

            if (string.IsNullOrWhiteSpace(answer.Location))
            {
                return new(answers, TrailEnd.Malformed, "no Location");
            }

            BrowserTarget target = BrowserAddress.Resolve(at, answer.Location);
            bool ownElsewhere = target is { Kind: BrowserTargetKind.Foreign, Uri: { UserInfo.Length: 0 } elsewhere } && IsOwn(elsewhere);
            TrailEnd? end = target.Kind switch
            {
                BrowserTargetKind.Same or BrowserTargetKind.Upgrade => null,
                BrowserTargetKind.Foreign when ownElsewhere => null,
                BrowserTargetKind.Foreign or BrowserTargetKind.NotHttp => TrailEnd.OffSite,
                BrowserTargetKind.Downgrade => TrailEnd.Downgrade,
                _ => TrailEnd.Malformed,
            };
            if (end is { } ended || target.Uri is null)
            {
                return new(answers, end ?? TrailEnd.Malformed, RouteTrail.Shown(target.ToString()));
            }

            if (seen.Contains(target.Uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)))
            {
                return new(answers, TrailEnd.Loop, RouteTrail.Shown(target.Uri.PathAndQuery));
            }

            if (answers.Count > RouteTrail.MostRedirects)
            {
                return new(answers, TrailEnd.TooLong, RouteTrail.Shown(target.Uri.PathAndQuery));
            }

            at = target.Uri;
        }
    }

    /// <summary>Waits until nothing is on its way any more; how the requests ended does not matter here.</summary>
    public async Task SettleAsync()
    {
        Task[] all;
        lock (_gate)
        {
            all = [.. _asked.Values];
        }

        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
