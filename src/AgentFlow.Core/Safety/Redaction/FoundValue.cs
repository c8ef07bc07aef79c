namespace AgentFlow.Safety.Redaction;

/// <summary>Receives a finding and, for the time of the call, its bytes.</summary>
internal delegate void FoundValue(SecretFinding finding, ReadOnlySpan<byte> value);
