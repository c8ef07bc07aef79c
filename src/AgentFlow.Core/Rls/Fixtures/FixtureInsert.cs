using System.Text.Json.Nodes;

namespace AgentFlow.Rls.Fixtures;

/// <summary>What came of one insert: the row as the database made it, or the SQLSTATE with what it names.</summary>
/// <param name="Row">The row as JSON; null when it was refused.</param>
/// <param name="State">SQLSTATE of the refusal.</param>
/// <param name="Constraint">The constraint that the server names.</param>
/// <param name="Column">The column that the server names.</param>
/// <param name="DataType">The type that the server names: the domain whose check refused.</param>
public sealed record FixtureInsert(JsonObject? Row, string? State, string? Constraint, string? Column, string? DataType);
