namespace AgentFlow;

/// <summary>Where the journal is kept.</summary>
public sealed record JournalConfig
{
    /// <summary>The SQLite file; null keeps it in the user's data folder. Not used when <see cref="Database"/> is set.</summary>
    public string? Path { get; init; }

    /// <summary>Reference to an Npgsql connection string, for a team that shares one journal.</summary>
    public string? Database { get; init; }
}
