namespace AgentFlow.Rls.Text;

/// <summary>Writes identifiers and values into SQL so that none of them can be read as SQL.</summary>
public static class SqlText
{
    /// <summary>An identifier in quotes.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary><c>"schema"."name"</c>.</summary>
    public static string Name(Catalog.RlsRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return $"{Name(relation.Schema)}.{Name(relation.Name)}";
    }

    /// <summary>A string literal, whatever standard_conforming_strings says; NULL for null.</summary>
    public static string Literal(string? value) => value is null
        ? "null"
        : value.Contains('\\', StringComparison.Ordinal)
            ? $"E'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A literal of a type, by its text form.</summary>
    public static string Literal(string? value, string type) => $"{Literal(value)}::{type}";

    /// <summary>An array literal of a type.</summary>
    public static string Array(IEnumerable<string> values, string type)
    {
        ArgumentNullException.ThrowIfNull(values);
        string elements = string.Join(',', values.Select(value => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
        return $"{Literal("{" + elements + "}")}::{type}[]";
    }
}
