namespace AgentFlow.Deployments.Lead;

/// <summary>What the application answered to a submitted lead. No text of the body is kept but the id.</summary>
public sealed record LeadReceipt
{
    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The id that the application gave the lead; null when it gave none.</summary>
    public string? LeadId { get; init; }

    /// <summary>True when the application said that this is the answer to an earlier request with the same key.</summary>
    public bool Replayed { get; init; }

    /// <summary>What stood in the way before the application, in the terms of <see cref="Routes.PlatformPage"/>; null when nothing did.</summary>
    public Routes.PlatformPage? Platform { get; init; }

    /// <summary>The build that answered, when it said so.</summary>
    public string? Stamp { get; init; }

    /// <summary>Where a redirect pointed; null when it was none.</summary>
    public string? Location { get; init; }

    /// <summary>Requests that were sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>From the first request to the answer.</summary>
    public TimeSpan Duration { get; init; }
}
