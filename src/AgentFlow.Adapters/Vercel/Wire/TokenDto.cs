namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>What the token may do.</summary>
internal sealed class TokenDto
{
    public DetailDto? Token { get; init; }

    internal sealed class DetailDto
    {
        public string? Id { get; init; }

        public IReadOnlyList<ScopeDto>? Scopes { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }
    }

    internal sealed class ScopeDto
    {
        public string? Type { get; init; }

        public string? TeamId { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }
    }
}
