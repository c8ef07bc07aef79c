namespace AgentFlow.Rotation.Ports;

/// <summary>What the fingerprint route answered.</summary>
public sealed record FingerprintReading
{
    /// <summary>The deployment that answered.</summary>
    public required string? DeploymentId { get; init; }

    /// <summary>Names whose value is another one.</summary>
    public required IReadOnlyList<string> Different { get; init; }

    /// <summary>Names that the application does not have.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Names whose value there begins or ends with white space.</summary>
    public required IReadOnlyList<string> EdgeWhitespace { get; init; }

    /// <summary>True when all agree.</summary>
    public bool Agrees => Different.Count == 0 && Missing.Count == 0 && EdgeWhitespace.Count == 0;
}
