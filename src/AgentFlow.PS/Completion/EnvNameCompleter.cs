namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes names of variables that this session has listed.</summary>
public sealed class EnvNameCompleter : SeenCompleter
{
    internal const string Kind = "env";

    /// <summary>Made by the engine.</summary>
    public EnvNameCompleter()
        : base(Kind)
    {
    }
}
