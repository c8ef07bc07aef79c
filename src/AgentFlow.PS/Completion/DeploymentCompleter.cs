namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes deployment ids that this session has listed.</summary>
public sealed class DeploymentCompleter : SeenCompleter
{
    internal const string Kind = "deployment";

    /// <summary>Made by the engine.</summary>
    public DeploymentCompleter()
        : base(Kind)
    {
    }
}
