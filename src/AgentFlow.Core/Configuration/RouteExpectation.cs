namespace AgentFlow;

/// <summary>What one route must answer to a signed-out visitor.</summary>
public sealed record RouteExpectation
{
    /// <summary>AgentFlow's seven routes (runbook D3).</summary>
    public static IReadOnlyList<RouteExpectation> Defaults { get; } =
    [
        new() { Path = "/" },
        new() { Path = "/docs" },
        new() { Path = "/pricing" },
        new() { Path = "/login" },
        new() { Path = "/signup" },
        new() { Path = "/status" },
        new() { Path = "/dashboard", RedirectTo = "/login", ReturnParameter = "next" },
    ];

    /// <summary>Absolute path, beginning with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Expected status of a route that does not redirect.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Path that the route must redirect to on the same host; null when it must not leave.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Query parameter of the redirect that carries the way back; any of the usual names is accepted when null.</summary>
    public string? ReturnParameter { get; init; }

    /// <summary>Text that the page must contain; null when any page will do.</summary>
    public string? Contains { get; init; }

    /// <summary>The surface a failure counts against.</summary>
    public string Surface { get; init; } = "public";
}
