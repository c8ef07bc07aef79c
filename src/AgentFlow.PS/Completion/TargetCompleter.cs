namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes deployment targets.</summary>
public sealed class TargetCompleter : WordCompleter
{
    /// <summary>Made by the engine.</summary>
    public TargetCompleter()
        : base("production", "preview", "development")
    {
    }
}
