namespace AgentFlow;

/// <summary>One thing in the way.</summary>
public sealed record RotationBlocker
{
    public required BlockerCode Code { get; init; }

    /// <summary>One sentence; no value in it.</summary>
    public required string Reason { get; init; }

    /// <summary>False when it only warns, as the waiting ones do for a compromised credential.</summary>
    public bool Blocks { get; init; } = true;

    /// <summary>When it ends by itself, if it does.</summary>
    public DateTimeOffset? ClearsAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Reason}";
}
