using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Spec;

/// <summary>What API roles hold on a relation, one short text per privilege, in a stable order.</summary>
public static class GrantText
{
    private static readonly string[] s_columnwise = ["SELECT", "INSERT", "UPDATE"];

    /// <summary>For example <c>authenticated SELECT</c>, <c>authenticated UPDATE (name, revoked_at)</c>.</summary>
    public static IReadOnlyList<string> Of(RlsRelation relation, IReadOnlyList<string> apiRoles)
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(apiRoles);
        List<string> texts = [];
        foreach (string role in apiRoles.Order(StringComparer.Ordinal))
        {
            texts.AddRange(relation.Access.GetValueOrDefault(role, []).Order(StringComparer.Ordinal).Select(privilege => $"{role} {privilege}"));
            foreach (string privilege in s_columnwise.Where(privilege => !relation.Holds(role, privilege)))
            {
                List<string> columns = [.. Columns(relation, role, privilege).Order(StringComparer.Ordinal)];
                if (columns.Count > 0)
                {
                    texts.Add($"{role} {privilege} ({string.Join(", ", columns)})");
                }
            }
        }

        return texts;
    }

    /// <summary>What one of these texts says.</summary>
    public static (string Role, string Privilege, IReadOnlyList<string> Columns) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOf(" (", StringComparison.Ordinal);
        string head = open < 0 ? text : text[..open];
        int space = head.LastIndexOf(' ');
        return space < 1
            ? (head, string.Empty, [])
            : (head[..space], head[(space + 1)..], open < 0 ? [] : text[(open + 2)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The columns on which the role holds the privilege in any way.</summary>
    public static IEnumerable<string> Columns(RlsRelation relation, string role, string privilege)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return relation.Columns.Where(column => (privilege switch { "SELECT" => column.Select, "INSERT" => column.Insert, "UPDATE" => column.Update, _ => [] }).Contains(role)).Select(column => column.Name);
    }
}
