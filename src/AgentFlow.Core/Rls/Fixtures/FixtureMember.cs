using System.Text.Json.Nodes;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Fixtures;

/// <summary>One kind of member that a fixture has in each tenant: a role, a state, and how the membership's columns say so.</summary>
public sealed record FixtureMember
{
    /// <summary><c>owner active</c>, <c>member suspended</c>.</summary>
    public required string Label { get; init; }

    public string? Role { get; init; }

    public required bool Active { get; init; }

    /// <summary>Columns of the membership that say so.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Values { get; init; }

    /// <summary>An active member of every role, and one of the lowest role in every other state.</summary>
    /// <param name="shape">The memberships.</param>
    /// <param name="graph">The catalog, which declares states in enums and checks.</param>
    /// <param name="now">The clock.</param>
    public static IReadOnlyList<FixtureMember> Kinds(MembershipShape shape, RlsGraph graph, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(graph);
        IReadOnlyList<string?> roles = shape.RoleColumn is null || shape.Roles.Count == 0 ? [null] : [.. shape.Roles];
        Dictionary<string, JsonNode?> active = shape.Active.ToDictionary(rule => rule.Column, rule => Holds(rule, now));
        List<FixtureMember> kinds = [.. roles.Select(role => Make(role, $"{role ?? "member"} active", isActive: true, active))];
        string? lowest = roles[^1];
        foreach (ActiveRule rule in shape.Active)
        {
            foreach ((string name, JsonNode? value) in Breaks(rule, shape.Table, graph, now))
            {
                kinds.Add(Make(lowest, $"{lowest ?? "member"} {name}", isActive: false, new Dictionary<string, JsonNode?>(active) { [rule.Column] = value }));
            }
        }

        return kinds;

        FixtureMember Make(string? role, string label, bool isActive, Dictionary<string, JsonNode?> values)
        {
            Dictionary<string, JsonNode?> all = new(values);
            if (role is not null)
            {
                all[shape.RoleColumn!] = role;
            }

            return new() { Label = label, Role = role, Active = isActive, Values = all };
        }
    }

    private static JsonNode? Holds(ActiveRule rule, DateTimeOffset now) => rule.Kind switch
    {
        ActiveRuleKind.Equal => rule.Value,
        ActiveRuleKind.True => true,
        ActiveRuleKind.NotTrue => false,
        ActiveRuleKind.NotNull => now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static IEnumerable<(string Name, JsonNode? Value)> Breaks(ActiveRule rule, RlsRelation table, RlsGraph graph, DateTimeOffset now)
    {
        string past = now.AddDays(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        switch (rule.Kind)
        {
            case ActiveRuleKind.Equal:
                RlsColumn column = table.Column(rule.Column)!;
                IEnumerable<string> declared = column.Labels.Concat(graph.CheckConstraints(table).Where(check => check.Columns.SequenceEqual([column.Number])).SelectMany(check => new SqlReading(check.Definition).Literals()));
                List<string> others = [.. declared.Distinct().Where(value => value != rule.Value)];
                return others.Count > 0 ? others.Select(value => (value, (JsonNode?)value)) : [("inactive", "inactive")];
            case ActiveRuleKind.True:
                return [($"not {rule.Column}", false)];
            case ActiveRuleKind.NotTrue:
                return [(rule.Column, true)];
            case ActiveRuleKind.NotNull:
                return table.Column(rule.Column)!.NotNull ? [] : [($"no {rule.Column}", null)];
            case ActiveRuleKind.Future:
                return [("expired", past)];
            default:
                return [(rule.Column, past)];
        }
    }
}
