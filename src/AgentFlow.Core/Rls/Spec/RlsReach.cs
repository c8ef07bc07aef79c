namespace AgentFlow.Rls.Spec;

/// <summary>How much of its own tenant's rows a role reaches.</summary>
public enum RlsReach
{
    None,
    Some,
    All,
}
