namespace AgentFlow.Rls.Fixtures;

/// <summary>One of a fixture's two tenants.</summary>
/// <param name="Label">a or b.</param>
/// <param name="Id">The tenant's id as text.</param>
public sealed record FixtureTenant(string Label, string Id);
