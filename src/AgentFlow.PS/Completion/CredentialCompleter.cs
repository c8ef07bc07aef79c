namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes names of credentials that this session has listed.</summary>
public sealed class CredentialCompleter : SeenCompleter
{
    internal const string Kind = "credential";

    /// <summary>Made by the engine.</summary>
    public CredentialCompleter()
        : base(Kind)
    {
    }
}
