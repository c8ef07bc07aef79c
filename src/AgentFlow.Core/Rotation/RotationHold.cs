namespace AgentFlow;

/// <summary>Why a rotation waits for an operator.</summary>
public sealed record RotationHold
{
    public required HoldCode Code { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What the operator does now.</summary>
    public required string Todo { get; init; }

    /// <summary>What an operator at a screen is asked for; null when no value is needed.</summary>
    public string? Card { get; init; }

    /// <summary>The step that waits.</summary>
    public required string Step { get; init; }
}
