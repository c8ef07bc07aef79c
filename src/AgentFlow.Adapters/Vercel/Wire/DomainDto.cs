namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class DomainDto
{
    public string? Name { get; init; }

    public string? ProjectId { get; init; }

    public bool? Verified { get; init; }

    public string? Redirect { get; init; }

    public string? GitBranch { get; init; }

    public string? CustomEnvironmentId { get; init; }
}
