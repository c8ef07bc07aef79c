namespace AgentFlow;

/// <summary>An environment of a project beyond production, preview and development.</summary>
/// <param name="Id">The platform's id.</param>
/// <param name="Slug">What it is called.</param>
/// <param name="Kind">production, preview or development: what it behaves like; null when not said.</param>
public sealed record CustomEnvironment(string Id, string Slug, string? Kind);
