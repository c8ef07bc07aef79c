namespace AgentFlow.Rls.Tracing;

/// <summary>One rung of the ladder of one decision. The last one is the verdict.</summary>
public sealed record RlsDecisionStep
{
    /// <summary>Counts from 1.</summary>
    public required int Number { get; init; }

    public required RlsStepKind Step { get; init; }

    public required RlsStepOutcome Outcome { get; init; }

    /// <summary>What was looked at: a schema, a table, a policy, a membership.</summary>
    public required string Target { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The policy's expression as PostgreSQL keeps it; null for other rungs.</summary>
    public string? Expression { get; init; }

    /// <summary>SQL or advice that would change a denial; never applied, and never one that turns row security off.</summary>
    public string? Fix { get; init; }

    /// <summary><c>schema.table</c> of the decision.</summary>
    public required string Table { get; init; }

    public required RlsOperation Operation { get; init; }

    /// <summary>The database role with the user id, if there is one.</summary>
    public required string Caller { get; init; }
}
