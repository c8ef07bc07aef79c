namespace AgentFlow.Rls.Fixtures;

/// <summary>A user of a fixture.</summary>
/// <param name="Label">What the user is for: <c>a owner active</c>, <c>b member suspended</c>, <c>both</c>, <c>outsider</c>.</param>
/// <param name="UserId">The user's id as text, under the name by which Trace-AfRlsDecision takes it from the pipeline.</param>
/// <param name="Tenant">The label of the tenant of the membership; null for the outsider.</param>
/// <param name="Role">The membership's role, where there are roles.</param>
/// <param name="Active">True when the membership counts.</param>
public sealed record FixtureUser(string Label, string UserId, string? Tenant, string? Role, bool Active);
