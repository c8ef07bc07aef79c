namespace AgentFlow.Rls.Listing;

/// <summary>One privilege as it is written in an access list.</summary>
public sealed record GrantInfo
{
    public required GrantKind Kind { get; init; }

    /// <summary><c>schema.table</c>, <c>schema.function(types)</c>, a schema, or what default privileges are for.</summary>
    public required string Name { get; init; }

    /// <summary>The column of a column privilege; null otherwise.</summary>
    public string? Column { get; init; }

    /// <summary>A role, or PUBLIC for everybody.</summary>
    public required string Grantee { get; init; }

    /// <summary>SELECT, INSERT, USAGE, EXECUTE and so on.</summary>
    public required string Privilege { get; init; }

    /// <summary>True when the grantee may pass it on.</summary>
    public bool Grantable { get; init; }

    /// <summary>The API roles that hold it by this entry: themselves, as members, or as part of PUBLIC.</summary>
    public IReadOnlyList<string> ReachedBy { get; init; } = [];
}
