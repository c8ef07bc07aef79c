namespace AgentFlow.Rls.Tracing;

/// <summary>What an expression said about each row, or the SQLSTATE with which the statement failed.</summary>
/// <param name="Values">One per row; empty when it failed.</param>
/// <param name="State">SQLSTATE; null when it ran.</param>
/// <param name="Refusal">The names in the server's message about a missing privilege, else the SQLSTATE.</param>
public sealed record RowVerdicts(IReadOnlyList<bool?> Values, string? State, string Refusal)
{
    /// <summary>True when the statement ran.</summary>
    public bool Ran => State is null;
}
