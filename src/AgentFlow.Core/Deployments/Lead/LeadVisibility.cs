namespace AgentFlow.Deployments.Lead;

/// <summary>What principals other than the owner see of the rows of one lead.</summary>
public sealed record LeadVisibility
{
    /// <summary>One entry per principal that could be tried.</summary>
    public IReadOnlyList<PrincipalView> Views { get; init; } = [];

    /// <summary>Why another tenant's view could not be tried; null when it was.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about <see cref="Reason"/>.</summary>
    public string? Fix { get; init; }
}
