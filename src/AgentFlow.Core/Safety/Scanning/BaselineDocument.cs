namespace AgentFlow.Safety.Scanning;

/// <summary>The baseline as it stands in its file.</summary>
internal sealed record BaselineDocument
{
    public required int Version { get; init; }

    /// <summary>Tells whether the key at hand is the one that the fingerprints were made with.</summary>
    public required string KeyCheck { get; init; }

    public required IReadOnlyList<AcceptedSecret> Accepted { get; init; }
}
