namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>A team's variable without its value.</summary>
internal sealed class SharedEnvDto
{
    public string? Id { get; init; }

    public string? Key { get; init; }

    public string? Type { get; init; }

    public IReadOnlyList<string>? Target { get; init; }

    public IReadOnlyList<string>? ProjectId { get; init; }

    public bool? ApplyToAllCustomEnvironments { get; init; }

    public string? Comment { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
