namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>One table of the lead procedure, with its names ready to stand in a statement. Names come from the config and are always quoted.</summary>
/// <param name="Part">Its key: leads, qualifications, audit, usage, integrations, tenantIntegrations, memberships.</param>
/// <param name="Name">As the config says it; for the operator.</param>
/// <param name="Columns">Column of the table, or <c>column.key</c> of a JSON column, by role.</param>
internal sealed record LeadTable(string Part, string Name, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>The table as an identifier: <c>"public"."leads"</c>.</summary>
    public string Sql { get; } = Relation(Name);

    /// <summary>A column as an expression on alias <c>t</c>; a key of a JSON column reads its text.</summary>
    public string Expression(string role)
    {
        string[] path = Columns[role].Split('.');
        string column = $"t.{Quote(path[0])}";
        return path.Length == 1 ? column
            : $"({column}{string.Concat(path[1..^1].Select(key => $" -> {Literal(key)}"))} ->> {Literal(path[^1])})";
    }

    /// <summary>The column of the table that a role stands in, without the key.</summary>
    public string Column(string role) => Columns[role].Split('.')[0];

    /// <summary>True when the role is a key of a JSON column.</summary>
    public bool IsKey(string role) => Columns[role].Contains('.', StringComparison.Ordinal);

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Relation(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? $"\"public\".{Quote(name)}" : $"{Quote(name[..dot])}.{Quote(name[(dot + 1)..])}";
    }
}
