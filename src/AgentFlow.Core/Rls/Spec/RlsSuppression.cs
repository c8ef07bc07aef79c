namespace AgentFlow.Rls.Spec;

/// <summary>An accepted finding. After its end the finding fails again.</summary>
public sealed record RlsSuppression
{
    public required string CheckId { get; init; }

    /// <summary>The finding's target, exactly.</summary>
    public required string Target { get; init; }

    public required string Reason { get; init; }

    public required DateOnly Until { get; init; }
}
