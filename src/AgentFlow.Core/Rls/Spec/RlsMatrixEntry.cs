namespace AgentFlow.Rls.Spec;

/// <summary>One cell row of the role matrix: what a membership role may do with one table of its own tenant.</summary>
public sealed record RlsMatrixEntry
{
    public required string Table { get; init; }

    public required string Role { get; init; }

    public RlsReach Select { get; init; }

    /// <summary>Null where it could not be tried.</summary>
    public bool? Insert { get; init; }

    public bool? Update { get; init; }

    public bool? Delete { get; init; }
}
