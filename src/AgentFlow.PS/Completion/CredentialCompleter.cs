namespace AgentFlow.Cmdlets.Completion;

/// <summary>Names of credentials that this session has seen.</summary>
public sealed class CredentialCompleter() : SeenCompleter(Kind)
{
    internal const string Kind = "credential";
}
