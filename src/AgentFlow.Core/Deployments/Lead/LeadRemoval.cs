namespace AgentFlow.Deployments.Lead;

/// <summary>What a removal did.</summary>
public sealed record LeadRemoval
{
    /// <summary>Most leads that a run can have made under one correlation id; more are not its own.</summary>
    public const int MostLeads = 5;

    /// <summary>Rows removed by table; empty when nothing was there or it refused.</summary>
    public IReadOnlyDictionary<string, long> Removed { get; init; } = new Dictionary<string, long>();

    /// <summary>Tables whose rows the role may not remove, with their number: an append-only audit log keeps its own.</summary>
    public IReadOnlyDictionary<string, long> Kept { get; init; } = new Dictionary<string, long>();

    /// <summary>Ids of the leads that carried the correlation id.</summary>
    public IReadOnlyList<string> LeadIds { get; init; } = [];

    /// <summary>Why it refused and changed nothing; null when it did not refuse.</summary>
    public string? Refused { get; init; }

    /// <summary>What to do about <see cref="Refused"/>.</summary>
    public string? Fix { get; init; }

    /// <summary>Rows in all.</summary>
    public long Total => Removed.Values.Sum();
}
