namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes users whose memberships this session has listed.</summary>
public sealed class DatabaseUserCompleter : SeenCompleter
{
    internal const string Kind = "dbuser";

    /// <summary>Made by the engine.</summary>
    public DatabaseUserCompleter()
        : base(Kind)
    {
    }
}
