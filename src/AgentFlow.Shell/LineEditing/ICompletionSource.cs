namespace AgentFlow.Shell.LineEditing;

/// <summary>Knows what could stand at the cursor.</summary>
internal interface ICompletionSource
{
    /// <summary>The candidates, or null when there are none.</summary>
    Completions? Complete(string text, int cursor);
}
