namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class AliasDto
{
    public string? Alias { get; init; }

    public string? DeploymentId { get; init; }

    public string? ProjectId { get; init; }

    public string? Redirect { get; init; }

    public AliasedDto? Deployment { get; init; }

    internal sealed class AliasedDto
    {
        public string? Id { get; init; }
    }
}
