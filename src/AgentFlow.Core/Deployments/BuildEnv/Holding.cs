namespace AgentFlow.Deployments.BuildEnv;

/// <summary>What the platform holds under one name.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Variable">The variable that counts here; null unless <see cref="HoldingKind.Here"/>.</param>
/// <param name="Note">Where else it is set, which similar name there is, or why it is not known; empty when there is nothing to say.</param>
internal sealed record Holding(HoldingKind Kind, EnvVariable? Variable, string Note)
{
    /// <summary>True when it was set or changed after the build had read its variables.</summary>
    public bool IsNewerThan(DateTimeOffset? builtAt) => Variable is { } variable && builtAt is { } at && (variable.CreatedAt > at || variable.UpdatedAt > at);
}
