namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class CustomEnvironmentDto
{
    public string? Id { get; init; }

    public string? Slug { get; init; }

    public string? Type { get; init; }
}
