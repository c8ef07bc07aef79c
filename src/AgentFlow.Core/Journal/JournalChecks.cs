using AgentFlow.Checks;

namespace AgentFlow.Journal;

/// <summary>The checks of Test-AfJournal.</summary>
public static class JournalChecks
{
    /// <summary>Every entry of a stream agrees with its hash, its predecessor and the anchors.</summary>
    public static CheckDefinition Chain { get; } = new("AFJ001", "R1", "Journal chain", "monitoring");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = [Chain];
}
