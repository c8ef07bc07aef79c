namespace AgentFlow;

/// <summary>One step on the way of a request: what was asked, what came back, and where it pointed.</summary>
public sealed record RouteHop
{
    /// <summary>The address that was asked.</summary>
    public required Uri Uri { get; init; }

    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The Location header as it was sent; null when there was none.</summary>
    public string? Location { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Location is null ? $"{Status}" : $"{Status} {Location}";
}
