namespace AgentFlow.Rls.Catalog;

/// <summary>A table, partitioned table, view, materialized view or foreign table.</summary>
public sealed record RlsRelation
{
    public required long Oid { get; init; }

    public required string Schema { get; init; }

    public required string Name { get; init; }

    /// <summary>pg_class.relkind: r, p, v, m or f.</summary>
    public required string Kind { get; init; }

    public required string Owner { get; init; }

    public bool RowSecurity { get; init; }

    public bool Forced { get; init; }

    /// <summary>Estimated rows; -1 when nobody knows.</summary>
    public double Rows { get; init; }

    public int Pages { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The partitioned or inherited parent.</summary>
    public long? Parent { get; init; }

    public IReadOnlyList<int> PartitionKey { get; init; } = [];

    /// <summary>pg_relation_is_updatable: 4 update, 8 insert, 16 delete.</summary>
    public int Updatable { get; init; }

    public string? Definition { get; init; }

    public IReadOnlyList<long> ReadsRelations { get; init; } = [];

    public IReadOnlyList<long> CallsRoutines { get; init; } = [];

    public IReadOnlyList<RlsRule> Rules { get; init; } = [];

    /// <summary>Effective table-wide privileges per API role.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Access { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The access list as written, without the owner's own entries.</summary>
    public IReadOnlyList<RlsGrantEntry> Grants { get; init; } = [];

    public IReadOnlyList<RlsColumn> Columns { get; init; } = [];

    /// <summary><c>schema.name</c>, as findings name it.</summary>
    public string FullName => $"{Schema}.{Name}";

    public bool IsTable => Kind is "r" or "p";

    public bool IsView => Kind == "v";

    /// <summary>True for a view that checks rights and policies as its caller.</summary>
    public bool IsInvokerView => IsView && Option("security_invoker");

    public bool HasBarrier => Option("security_barrier");

    public RlsColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    public RlsColumn? Column(int number) => Columns.FirstOrDefault(column => column.Number == number);

    /// <summary>True when the role holds the table-wide privilege.</summary>
    public bool Holds(string role, string privilege) => Access.TryGetValue(role, out IReadOnlyList<string>? held) && held.Contains(privilege);

    /// <summary>True when the role holds the privilege on the table or on at least one column.</summary>
    public bool HoldsAny(string role, string privilege) => Holds(role, privilege) || privilege switch
    {
        "SELECT" => Columns.Any(column => column.Select.Contains(role)),
        "INSERT" => Columns.Any(column => column.Insert.Contains(role)),
        "UPDATE" => Columns.Any(column => column.Update.Contains(role)),
        _ => false,
    };

    private bool Option(string name) => Options.Any(option => option.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)
        && option[(name.Length + 1)..].ToUpperInvariant() is "TRUE" or "ON" or "1" or "YES");
}
