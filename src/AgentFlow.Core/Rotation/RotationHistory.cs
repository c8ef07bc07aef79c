namespace AgentFlow.Rotation;

/// <summary>All rotations of one credential.</summary>
/// <param name="All">Oldest first.</param>
/// <param name="Sequence">Position of the stream's head.</param>
internal sealed record RotationHistory(IReadOnlyList<RotationView> All, long Sequence)
{
    public RotationView? Newest => All.Count == 0 ? null : All[^1];

    /// <summary>Which credential the rotations that have ended left in use; null when none says.</summary>
    public string? CurrentId => All.LastOrDefault(view => view.Record.IsEnded)?.Record switch
    {
        { State: RotationState.Closed } record => record.NewId,
        { State: RotationState.Abandoned, StagedAt: not null } record => record.NewId,
        { } record => record.OldId,
        null => null,
    };
}
