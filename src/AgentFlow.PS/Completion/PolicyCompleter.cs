namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes policies that this session has listed.</summary>
public sealed class PolicyCompleter : SeenCompleter
{
    internal const string Kind = "policy";

    /// <summary>Made by the engine.</summary>
    public PolicyCompleter()
        : base(Kind)
    {
    }
}
