namespace AgentFlow.Safety.Scanning;

/// <summary>One finding that somebody has looked at and accepted for a while.</summary>
public sealed record AcceptedSecret
{
    /// <summary>Fingerprint of the value.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Rule that found it; for the reader.</summary>
    public required string Rule { get; init; }

    /// <summary>Path it is accepted in, from the baseline's folder, with slashes; <c>*</c> stands for anything; null for everywhere.</summary>
    public string? Path { get; init; }

    /// <summary>Why it is no danger.</summary>
    public required string Reason { get; init; }

    /// <summary>First day on which it is reported again (UTC).</summary>
    public required DateOnly Expires { get; init; }
}
