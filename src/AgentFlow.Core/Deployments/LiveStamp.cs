namespace AgentFlow.Deployments;

/// <summary>What the running application says it is.</summary>
/// <param name="Value">A deployment id (<c>dpl_…</c>) or a commit SHA, whole or at least seven digits of it.</param>
/// <param name="Place">Where it was read: a header or a route.</param>
public sealed record LiveStamp(string Value, string Place);
