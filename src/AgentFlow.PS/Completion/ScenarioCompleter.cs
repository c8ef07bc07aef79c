namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes the names of sandbox scenarios from the list that ships beside the sandbox.</summary>
public sealed class ScenarioCompleter : SeenCompleter
{
    /// <summary>Made by the engine.</summary>
    public ScenarioCompleter()
        : base("scenario")
    {
    }
}
