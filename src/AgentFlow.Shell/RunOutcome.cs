namespace AgentFlow.Shell;

/// <summary>How a pipeline ended.</summary>
internal enum RunOutcome
{
    /// <summary>It ran to its end, whatever <c>$?</c> says.</summary>
    Completed,

    /// <summary>A terminating error, which has been shown, ended it.</summary>
    Failed,

    /// <summary>Ctrl+C stopped it.</summary>
    Stopped,
}
