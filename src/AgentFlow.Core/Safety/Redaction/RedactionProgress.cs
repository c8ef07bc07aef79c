namespace AgentFlow.Safety;

/// <summary>How far a pass over a stream has come.</summary>
/// <param name="BytesRead">Bytes of input consumed.</param>
/// <param name="Total">Placeholders written.</param>
public readonly record struct RedactionProgress(long BytesRead, long Total);
