namespace AgentFlow.Deployments.Routes;

/// <summary>What is known about one route on one origin once its answers are there.</summary>
internal sealed record RouteFacts
{
    public required RouteExpectation Route { get; init; }

    public required Uri Uri { get; init; }

    public required RouteTrail Trail { get; init; }

    /// <summary>What the platform put in the app's place at the first address; null when the app answered.</summary>
    public PlatformPage? Platform { get; init; }

    /// <summary>The page at the first address; null when it is no success or no text.</summary>
    public PageReading? Page { get; init; }

    /// <summary>The build that answered, by its header or else by the stamp route.</summary>
    public string? Stamp { get; init; }

    public RouteAnswer Answer => Trail.First;

    /// <summary>The route as an output record.</summary>
    public RouteResult ToResult() => new()
    {
        Path = Route.Path,
        Uri = Uri,
        Hops = Trail.Hops,
        PageTitle = Page is { Title.Length: > 0 } page ? Short(page.Title) : null,
        Stamp = Stamp,
        Cache = Answer.Header("x-vercel-cache"),
        Attempts = Answer.Attempts,
        Duration = Answer.Duration,
        HttpVersion = Answer.HttpVersion,
    };

    /// <summary>True when the route is a way to sign-in, so that it must carry the way back.</summary>
    public static bool IsSignIn(RouteExpectation route) => route.RedirectTo is { } to && (route.ReturnParameter is not null || IsSignInPath(to));

    public static bool IsSignInPath(string path) => path.Trim('/').Split('/').Any(part => part.ToLowerInvariant() is "login" or "log-in" or "signin" or "sign-in" or "auth" or "sso" or "session" or "sessions");

    public static string Short(string title) => title.Length <= 80 ? title : string.Concat(title.AsSpan(0, 79), "…");
}
