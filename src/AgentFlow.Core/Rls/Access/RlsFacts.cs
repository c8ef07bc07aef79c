namespace AgentFlow.Rls.Access;

/// <summary>What a connection says about itself.</summary>
public sealed record RlsFacts
{
    public required string Database { get; init; }

    /// <summary>The login.</summary>
    public required string User { get; init; }

    /// <summary>server_version_num.</summary>
    public int VersionNumber { get; init; }

    /// <summary>True for a standby.</summary>
    public bool InRecovery { get; init; }

    /// <summary>True when no policy applies to the login, which truth queries need.</summary>
    public bool BypassesRls { get; init; }

    public bool IsSuperuser { get; init; }

    /// <summary>True when the table of the marker exists.</summary>
    public bool MarkerExists { get; init; }

    /// <summary>The marker's rows; null when there is no marker or the login may not read it.</summary>
    public IReadOnlyList<RlsMarker>? Markers { get; init; }

    /// <summary>API roles that could forge the marker.</summary>
    public IReadOnlyList<string> MarkerWritableBy { get; init; } = [];

    /// <summary>API roles that the login may become.</summary>
    public IReadOnlyList<string> Assumable { get; init; } = [];

    /// <summary>pg_control_system().system_identifier; null when the login may not read it.</summary>
    public string? SystemIdentifier { get; init; }
}
