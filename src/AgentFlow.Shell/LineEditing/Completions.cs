namespace AgentFlow.Shell.LineEditing;

/// <summary>Candidates for one range of the text.</summary>
internal sealed record Completions
{
    /// <summary>Where the replaced range starts.</summary>
    public required int Start { get; init; }

    /// <summary>How long it is.</summary>
    public required int Length { get; init; }

    /// <summary>What may replace it, and how the menu shows it; never empty.</summary>
    public required IReadOnlyList<(string Replacement, string Label)> Candidates { get; init; }
}
