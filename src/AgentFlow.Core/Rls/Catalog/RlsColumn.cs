namespace AgentFlow.Rls.Catalog;

/// <summary>One column; <see cref="Select"/>, <see cref="Insert"/> and <see cref="Update"/> list the API roles that hold the privilege in any way.</summary>
public sealed record RlsColumn
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>As <c>format_type</c> writes it.</summary>
    public required string Type { get; init; }

    /// <summary>pg_type.typcategory.</summary>
    public string Category { get; init; } = "U";

    public bool NotNull { get; init; }

    public string? Default { get; init; }

    /// <summary>Empty, <c>a</c> (always) or <c>d</c> (by default).</summary>
    public string Identity { get; init; } = "";

    /// <summary>Empty or <c>s</c>.</summary>
    public string Generated { get; init; } = "";

    /// <summary>pg_stats.n_distinct: positive a count, negative a share of the rows; null when never analyzed.</summary>
    public double? Distinct { get; init; }

    public IReadOnlyList<string> Select { get; init; } = [];

    public IReadOnlyList<string> Insert { get; init; } = [];

    public IReadOnlyList<string> Update { get; init; } = [];

    /// <summary>The labels when the type is an enum.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<RlsGrantEntry> Grants { get; init; } = [];

    /// <summary>True when leaving the column out of an INSERT would take a number from a sequence, which no rollback gives back.</summary>
    public bool TakesSequence => Identity.Length > 0 || Default?.Contains("nextval(", StringComparison.Ordinal) == true;
}
