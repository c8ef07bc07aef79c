namespace AgentFlow.Sandbox.Iam;

/// <summary>One access key of a user.</summary>
internal sealed class IamKey
{
    public required string Id { get; init; }

    public required string Secret { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Active { get; set; } = true;

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Calls with a new key are refused at first, because AWS's servers learn of it one by one.</summary>
    public int RefusalsLeft { get; set; }
}
