namespace AgentFlow.Benchmarks.Rotation;

/// <summary>What happens in one run: where the processes die, what providers do wrong, and which bug was planted to try the audit.</summary>
/// <param name="Deaths">Where.</param>
/// <param name="Troubles">Bad answers, one to a call.</param>
/// <param name="Hasty">Completion is also asked for at once, when the gate must still be shut.</param>
/// <param name="Plant">As the host knows them; null for none.</param>
internal sealed record CampaignPlan(IDeathPlan Deaths, IReadOnlyList<CampaignTrouble> Troubles, bool Hasty = false, string? Plant = null)
{
    /// <summary>The operator also looks with Confirm before completion.</summary>
    public bool Confirms { get; init; } = true;

    /// <summary>The run keeps what the sandbox was asked.</summary>
    public bool WantsExchanges { get; init; } = Troubles.Count > 0;

    /// <summary>Deaths at numbered places and nothing else.</summary>
    public static CampaignPlan Numbered(params IReadOnlyList<int> at) => new(new NumberedDeaths(at), []);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Deaths}, {(Troubles.Count == 0 ? "no trouble" : string.Join(" and ", Troubles))}{(Hasty ? ", hasty" : string.Empty)}{(Plant is null ? string.Empty : ", planted " + Plant)}";
}
