namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes database roles that this session has seen.</summary>
public sealed class DatabaseRoleCompleter : SeenCompleter
{
    internal const string Kind = "dbrole";

    /// <summary>Made by the engine.</summary>
    public DatabaseRoleCompleter()
        : base(Kind)
    {
    }
}
