namespace AgentFlow.Sandbox.GitHub;

/// <summary>A repository as GitHub knows it: the id stays, the name may change.</summary>
/// <param name="Id">The pin.</param>
/// <param name="Name">Its name now.</param>
/// <param name="FormerName">A name that now redirects to it; null when it was never renamed.</param>
internal sealed record GitHubRepository(long Id, string Name, string? FormerName = null)
{
    public string FullName => $"{GitHubState.Owner}/{Name}";
}
