namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>A variable without its value: the members <c>value</c> and <c>vsmValue</c> are left out on purpose, so that nothing can hold one.</summary>
internal sealed class EnvDto
{
    public string? Id { get; init; }

    public string? Key { get; init; }

    public string? Type { get; init; }

    public IReadOnlyList<string>? Target { get; init; }

    public string? GitBranch { get; init; }

    public IReadOnlyList<string>? CustomEnvironmentIds { get; init; }

    public string? ConfigurationId { get; init; }

    public string? Comment { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
