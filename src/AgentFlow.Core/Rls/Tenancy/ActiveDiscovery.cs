using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tenancy;

/// <summary>Works out when a membership counts: by the column's values and name, or by what most functions and policies ask of it.</summary>
public static class ActiveDiscovery
{
    /// <summary>The conditions that together make a membership active.</summary>
    public static IReadOnlyList<ActiveRule> Find(RlsGraph graph, RlsRelation table, IReadOnlySet<string> keys, string? roleColumn, IReadOnlyDictionary<string, IReadOnlyList<string>> values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(keys);
        List<ActiveRule> rules = [];
        List<SqlReading> texts = [.. graph.Catalog.Routines.Where(routine => !RlsGraph.IsManaged(routine.Schema)).Select(graph.Reading)
            .Concat(graph.Catalog.Policies.Select(policy => new SqlReading(policy.Using, policy.Check))).Where(reading => reading.Mentions(table.Name))];
        foreach (RlsColumn column in table.Columns.Where(column => !keys.Contains(column.Name) && column.Name != roleColumn))
        {
            if (Rule(column, values.GetValueOrDefault(column.Name) ?? [], texts) is { } rule)
            {
                rules.Add(rule);
            }
        }

        // "accepted_at" beside a status is history, not a second condition, unless the code asks for it.
        bool hasState = rules.Any(rule => rule.Kind is ActiveRuleKind.Equal or ActiveRuleKind.True or ActiveRuleKind.NotTrue);
        return [.. rules.Where(rule => rule.Kind is not ActiveRuleKind.NotNull || !hasState || texts.Any(text => text.Mentions(rule.Column)))];
    }

    private static ActiveRule? Rule(RlsColumn column, IReadOnlyList<string> values, List<SqlReading> texts)
    {
        bool asked = texts.Any(text => text.Mentions(column.Name));
        switch (column.Category)
        {
            case "B":
                return NameSense.SaysOver(column.Name) ? new(column.Name, ActiveRuleKind.NotTrue) : NameSense.SaysActive(column.Name) ? new(column.Name, ActiveRuleKind.True) : null;
            case "D":
                return NameSense.SaysOver(column.Name) ? new(column.Name, ActiveRuleKind.Null)
                    : NameSense.SaysActive(column.Name) && !column.NotNull ? new(column.Name, ActiveRuleKind.NotNull)
                    : column.Name.StartsWith("expire", StringComparison.Ordinal) && asked ? new(column.Name, ActiveRuleKind.Future) : null;
            case "S" or "E" or "N":
                bool isState = column.Name.Contains("status", StringComparison.Ordinal) || column.Name.Contains("state", StringComparison.Ordinal);
                string? active = NameSense.ActiveValue(values);
                return active is not null && (isState || values.Count > 1) ? new(column.Name, ActiveRuleKind.Equal, active)
                    : isState && MostCompared(column.Name, texts) is { } compared ? new(column.Name, ActiveRuleKind.Equal, compared) : null;
            default:
                return null;
        }
    }

    // The literal that most texts compare the column with: "state = 'in'".
    private static string? MostCompared(string column, List<SqlReading> texts) => texts
        .SelectMany(text => ComparedWith(text, column)).GroupBy(value => value).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;

    private static IEnumerable<string> ComparedWith(SqlReading text, string column)
    {
        IReadOnlyList<SqlToken> tokens = text.Tokens;
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i].IsName && tokens[i].Value == column && tokens[i + 1].Kind == SqlTokenKind.Symbol && tokens[i + 1].Value == "=" && tokens[i + 2].Kind is SqlTokenKind.Text or SqlTokenKind.Number)
            {
                yield return tokens[i + 2].Value;
            }
        }
    }
}
