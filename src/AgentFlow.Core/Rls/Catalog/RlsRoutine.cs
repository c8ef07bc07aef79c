namespace AgentFlow.Rls.Catalog;

/// <summary>A function or procedure.</summary>
public sealed record RlsRoutine
{
    public required long Oid { get; init; }

    public required string Schema { get; init; }

    public required string Name { get; init; }

    /// <summary><c>schema.name(type,type)</c>, as findings name it.</summary>
    public required string Signature { get; init; }

    /// <summary>f function, p procedure, w window.</summary>
    public string Kind { get; init; } = "f";

    public required string Language { get; init; }

    public required string Owner { get; init; }

    /// <summary>SECURITY DEFINER.</summary>
    public bool Definer { get; init; }

    /// <summary>i, s or v.</summary>
    public required string Volatility { get; init; }

    public bool Leakproof { get; init; }

    public bool Strict { get; init; }

    public IReadOnlyList<string> Settings { get; init; } = [];

    public string Source { get; init; } = "";

    public required string Returns { get; init; }

    public bool ReturnsSet { get; init; }

    public long? ReturnsRelation { get; init; }

    public IReadOnlyList<RlsArgument> ReturnColumns { get; init; } = [];

    public IReadOnlyList<RlsArgument> Arguments { get; init; } = [];

    public IReadOnlyList<string> CallableBy { get; init; } = [];

    public bool PublicMayCall { get; init; }

    public IReadOnlyList<RlsGrantEntry> Grants { get; init; } = [];

    public bool FromExtension { get; init; }

    public bool IsTrigger => Returns is "trigger" or "event_trigger";

    /// <summary>The pinned search_path, or null when the caller's applies.</summary>
    public string? SearchPath => Settings.FirstOrDefault(setting => setting.StartsWith("search_path=", StringComparison.Ordinal)) is { } setting ? setting["search_path=".Length..] : null;
}
