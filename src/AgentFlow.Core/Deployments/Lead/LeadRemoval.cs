namespace AgentFlow.Deployments.Lead;

/// <summary>What a removal did.</summary>
public sealed record LeadRemoval
{
    /// <summary>Rows removed by table; empty when nothing was there or it refused.</summary>
    public IReadOnlyDictionary<string, long> Removed { get; init; } = new Dictionary<string, long>();

    /// <summary>Why it refused and changed nothing; null when it did not refuse.</summary>
    public string? Refused { get; init; }

    /// <summary>What to do about <see cref="Refused"/>.</summary>
    public string? Fix { get; init; }

    /// <summary>Rows in all.</summary>
    public long Total => Removed.Values.Sum();
}
