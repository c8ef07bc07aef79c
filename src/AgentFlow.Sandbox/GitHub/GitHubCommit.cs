namespace AgentFlow.Sandbox.GitHub;

/// <summary>One commit; <see cref="Parent"/> is null for the first.</summary>
internal sealed record GitHubCommit(string Sha, string? Parent, string Message, string AuthorLogin, DateTimeOffset At)
{
    public string TreeSha => GitHubState.Hash("tree " + Sha);
}
