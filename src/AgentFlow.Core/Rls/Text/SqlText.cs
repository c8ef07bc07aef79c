using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Text;

/// <summary>Writes names and values into SQL that this product composes from the catalog.</summary>
public static class SqlText
{
    /// <summary>The identifier, always quoted.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The relation with its schema, always quoted.</summary>
    public static string Name(RlsRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return $"{Name(relation.Schema)}.{Name(relation.Name)}";
    }

    /// <summary>The value as a literal that means the same whatever standard_conforming_strings says.</summary>
    public static string Literal(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string doubled = value.Replace("'", "''", StringComparison.Ordinal);
        return doubled.Contains('\\', StringComparison.Ordinal) ? $"E'{doubled.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{doubled}'";
    }

    /// <summary>An array of text literals.</summary>
    public static string Array(IEnumerable<string> values) => $"array[{string.Join(", ", values.Select(Literal))}]::pg_catalog.text[]";
}
