namespace AgentFlow.Faults;

/// <summary>
/// The only exception that crosses a layer on purpose: a stable id, one sentence and the fix.
/// It never wraps an SDK exception, whose text the product did not write and whose type lives in the isolated load context.
/// </summary>
public sealed class AfFaultException(FaultKind kind, string id, string message, string fix, string? target = null) : Exception(message)
{
    /// <summary>Why, in one word.</summary>
    public FaultKind Kind { get; } = kind;

    /// <summary>Stable id from <see cref="FaultId"/>, documented in about_AgentFlow_Errors.</summary>
    public string Id { get; } = id;

    /// <summary>What the operator does next; shown as RecommendedAction.</summary>
    public string Fix { get; } = fix;

    /// <summary>The object concerned, if there is one.</summary>
    public string? Target { get; } = target;

    /// <summary>How long the outside system asked us to wait, when it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
