namespace AgentFlow.Rls.Spec;

/// <summary>One row of the role matrix: how much of its own tenant's rows in one table a membership role reaches by each command. Null where it could not be tried.</summary>
public sealed record RlsMatrixEntry
{
    public required string Table { get; init; }

    public required string Role { get; init; }

    public RlsReach? Select { get; init; }

    public RlsReach? Insert { get; init; }

    public RlsReach? Update { get; init; }

    public RlsReach? Delete { get; init; }

    /// <summary>The reach by one command.</summary>
    public RlsReach? Of(Tracing.RlsOperation operation) => operation switch
    {
        Tracing.RlsOperation.Select => Select,
        Tracing.RlsOperation.Insert => Insert,
        Tracing.RlsOperation.Update => Update,
        _ => Delete,
    };
}
