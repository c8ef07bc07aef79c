namespace AgentFlow.Rotation;

/// <summary>How long a rotation waits and how often it asks.</summary>
public sealed record RotationLimits
{
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(20);

    public TimeSpan PromoteTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a new deployment may take to answer its routes.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often one step is begun again when a provider does not answer.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first of these; it doubles.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
