namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>A change of the baseline.</summary>
/// <param name="Code">Of the failure mode.</param>
/// <param name="Guilty">The object that a finding must name; empty when nothing may be found.</param>
/// <param name="Sql">The change.</param>
/// <param name="Undo">For what belongs to the cluster; run when the database is gone.</param>
public sealed record FailureMode(string Code, string Guilty, string Sql, string? Undo = null);
