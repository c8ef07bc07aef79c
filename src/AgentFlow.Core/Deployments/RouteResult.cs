namespace AgentFlow;

/// <summary>The facts about one route on one origin, as a signed-out visitor sees it.</summary>
public sealed record RouteResult
{
    /// <summary>The configured path.</summary>
    public required string Path { get; init; }

    /// <summary>The address that was asked first.</summary>
    public required Uri Uri { get; init; }

    /// <summary>Every step, the first request first.</summary>
    public required IReadOnlyList<RouteHop> Hops { get; init; }

    /// <summary>Status of the first answer.</summary>
    public int Status => Hops[0].Status;

    /// <summary>Status of the last answer.</summary>
    public int FinalStatus => Hops[^1].Status;

    /// <summary>Title of the page at the first address; at most 80 characters.</summary>
    public string? PageTitle { get; init; }

    /// <summary>The build that answered, when it said so.</summary>
    public string? Stamp { get; init; }

    /// <summary>The first answer's <c>x-vercel-cache</c>; null when not sent.</summary>
    public string? Cache { get; init; }

    /// <summary>Requests for the first answer, retries included.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long the first answer took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The protocol that was spoken, for example <c>2.0</c>.</summary>
    public string? HttpVersion { get; init; }
}
