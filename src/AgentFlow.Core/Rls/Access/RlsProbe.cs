namespace AgentFlow.Rls.Access;

/// <summary>One statement that an actor runs, undone at once.</summary>
/// <param name="Sql">A query when <see cref="IsQuery"/>, else a statement that changes rows.</param>
public sealed record RlsProbe(string Sql)
{
    /// <summary>True when the rows matter; false when their number does.</summary>
    public bool IsQuery { get; init; } = true;

    /// <summary>True to get the query's plan instead of its rows, as one value in JSON.</summary>
    public bool IsPlan { get; init; }

    /// <summary>Statements that the login runs before, in the same savepoint: the cursor on a victim's row.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>A query that the login runs afterwards, in the same savepoint: what a trigger has done.</summary>
    public string? After { get; init; }

    /// <summary>A statement whose affected rows count, not a query.</summary>
    public static RlsProbe Statement(string sql, params IReadOnlyList<string> before) => new(sql) { IsQuery = false, Before = before };
}
