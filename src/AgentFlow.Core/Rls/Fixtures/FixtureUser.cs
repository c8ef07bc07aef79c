namespace AgentFlow.Rls.Fixtures;

/// <summary>A user of a fixture.</summary>
/// <param name="Label">What the user is for: <c>a owner active</c>, <c>b member suspended</c>, <c>both</c>, <c>outsider</c>.</param>
/// <param name="Id">The user's id as text.</param>
/// <param name="Tenant">The label of the tenant of the membership; null for the outsider.</param>
/// <param name="Role">The membership's role, where there are roles.</param>
/// <param name="Active">True when the membership counts.</param>
public sealed record FixtureUser(string Label, string Id, string? Tenant, string? Role, bool Active)
{
    /// <summary>The id under the name by which Trace-AfRlsDecision takes it from the pipeline.</summary>
    public string UserId => Id;
}
