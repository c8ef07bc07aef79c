namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes tables that this session has seen.</summary>
public sealed class TableCompleter : SeenCompleter
{
    internal const string Kind = "table";

    /// <summary>Made by the engine.</summary>
    public TableCompleter()
        : base(Kind)
    {
    }
}
