namespace AgentFlow.Safety.Scanning;

/// <summary>A finding on its way to the operator.</summary>
/// <param name="Finding">What and where in its text.</param>
/// <param name="Origin">Which text.</param>
/// <param name="ChecksumHolds">Whether its check characters fit; null where it has none.</param>
/// <param name="Value">The value, only where a provider may be asked; the receiver disposes it.</param>
internal sealed record Candidate(SecretFinding Finding, TextOrigin Origin, bool? ChecksumHolds, Secret? Value);
