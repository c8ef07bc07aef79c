namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes deployment states; the provider may know more.</summary>
public sealed class DeploymentStateCompleter : WordCompleter
{
    /// <summary>Made by the engine.</summary>
    public DeploymentStateCompleter()
        : base("READY", "ERROR", "BUILDING", "QUEUED", "INITIALIZING", "CANCELED", "BLOCKED")
    {
    }
}
