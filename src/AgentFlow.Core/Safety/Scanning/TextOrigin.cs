namespace AgentFlow.Safety.Scanning;

/// <summary>Where a text came from.</summary>
internal sealed record TextOrigin
{
    /// <summary>Short name for the reader.</summary>
    public required string Label { get; init; }

    /// <summary>Path as reported.</summary>
    public string? Path { get; init; }

    /// <summary>Full path that a baseline compares; in a history where the file would stand.</summary>
    public string? FullPath { get; init; }

    /// <summary>The commit that brought it.</summary>
    public HistoryText? Commit { get; init; }

    /// <summary>Lines of the text before what is searched now.</summary>
    public long LinesBefore { get; init; }

    /// <summary>Bytes that findings must begin in; null for all.</summary>
    public Range? Told { get; init; }

    /// <summary>Whether a finding is reported from here.</summary>
    public bool Tells(SecretFinding finding) => Told is not { } told || (finding.Offset >= told.Start.Value && finding.Offset < told.End.Value);
}
