using System.Text.Json.Serialization;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>What a campaign counted.</summary>
internal sealed record CampaignTotals
{
    public int Runs { get; init; }

    public int Kills { get; init; }

    public int Closed { get; init; }

    public int Held { get; init; }

    /// <summary>Runs that ended in neither: what is missing between runs, closed and held.</summary>
    [JsonIgnore]
    public int Stuck { get; init; }

    /// <summary>Moments at which production or a lane held a value that opens nothing.</summary>
    public int LostValues { get; init; }

    /// <summary>Old credentials that were gone before the rotation was Draining.</summary>
    public int EarlyRevocations { get; init; }

    /// <summary>Working credentials at the end that nobody is told of.</summary>
    public int UnlistedOrphans { get; init; }

    /// <summary>Closed rotations that left more than one credential alive.</summary>
    public int DoubleMints { get; init; }

    public int ChainBreaks { get; init; }

    /// <summary>Values that were found outside the slot and the provider.</summary>
    public int Leaks { get; init; }

    public CampaignTotals Plus(CampaignTotals other) => new()
    {
        Runs = Runs + other.Runs,
        Kills = Kills + other.Kills,
        Closed = Closed + other.Closed,
        Held = Held + other.Held,
        Stuck = Stuck + other.Stuck,
        LostValues = LostValues + other.LostValues,
        EarlyRevocations = EarlyRevocations + other.EarlyRevocations,
        UnlistedOrphans = UnlistedOrphans + other.UnlistedOrphans,
        DoubleMints = DoubleMints + other.DoubleMints,
        ChainBreaks = ChainBreaks + other.ChainBreaks,
        Leaks = Leaks + other.Leaks,
    };
}
