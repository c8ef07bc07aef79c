namespace AgentFlow.Rotation;

/// <summary>What the provider says about the old credential.</summary>
public sealed record OldCredential
{
    public required OldLife Life { get; init; }

    /// <summary>When it was last used; null when never or when the provider does not tell.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>It is in use at this moment, for example by open sessions.</summary>
    public bool InUseNow { get; init; }
}
