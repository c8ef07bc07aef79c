namespace AgentFlow.Rls.Tracing;

/// <summary>What somebody wants to do with a row.</summary>
public enum RlsOperation
{
    Select,
    Insert,
    Update,
    Delete,
}
