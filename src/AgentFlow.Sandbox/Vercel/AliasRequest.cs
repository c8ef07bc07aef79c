namespace AgentFlow.Sandbox.Vercel;

/// <summary>A promote or rollback on its way. Vercel answers at once and moves the addresses later.</summary>
internal sealed class AliasRequest
{
    private const long PendingMilliseconds = 150;
    private const long RunningMilliseconds = 350;

    public required string Type { get; init; }

    public required string? From { get; init; }

    public required string To { get; init; }

    public required long RequestedAt { get; init; }

    /// <summary>The addresses have been moved.</summary>
    public bool IsApplied { get; set; }

    public bool IsDue(long now) => now >= RequestedAt + PendingMilliseconds + RunningMilliseconds;

    public string JobStatus(long now) => IsApplied ? "succeeded" : now < RequestedAt + PendingMilliseconds ? "pending" : "in-progress";
}
