namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class PaginationDto
{
    public string? Next { get; init; }
}
