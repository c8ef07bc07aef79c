using System.Text.Json.Nodes;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Fixtures;

/// <summary>Looks for values that a table accepts: starts with each column's likeliest one and moves on in the columns that a refusal names.</summary>
internal sealed class FixtureRepair(RlsRelation table, RlsGraph graph, FixtureValues values, JsonObject given, string label)
{
    private readonly Dictionary<string, IReadOnlyList<JsonNode?>> _candidates = [];
    private readonly Dictionary<string, int> _places = [];
    private int _turn;

    /// <summary>Why no value can help; null while there is hope.</summary>
    public string? Impossible { get; private set; }

    /// <summary>What the last refusal was about.</summary>
    public string Last { get; private set; } = string.Empty;

    /// <summary>The next row to try.</summary>
    public JsonObject Values()
    {
        JsonObject row = (JsonObject)given.DeepClone();
        foreach (RlsColumn column in table.Columns.Where(column => !given.ContainsKey(column.Name) && (IsNeeded(column) || _places.ContainsKey(column.Name))))
        {
            IReadOnlyList<JsonNode?> candidates = Candidates(column);
            if (candidates.Count > 0)
            {
                row[column.Name] = candidates[_places.GetValueOrDefault(column.Name) % candidates.Count]?.DeepClone();
            }
        }

        return row;
    }

    /// <summary>Takes a refusal.</summary>
    public void Answer(FixtureInsert answer)
    {
        Last = answer.Constraint ?? answer.Column ?? $"SQLSTATE {answer.State}";
        List<RlsColumn> concerned = [.. Concerned(answer).Where(column => !given.ContainsKey(column.Name) && column.Generated.Length == 0 && Candidates(column).Count > 0)];
        if (concerned.Count == 0)
        {
            Impossible = answer.State switch
            {
                "23514" => $"the check {Last} refuses what the tenancy and the keys demand",
                "23503" => $"the foreign key {Last} finds no row",
                "23505" => $"the unique key {Last} is taken",
                "23502" => $"the column {Last} has a type that cannot be filled",
                "42501" => "the connection's role may not insert into it",
                _ => $"the database refuses the row ({Last})",
            };
            return;
        }

        // One column after the other, and round again, so that combinations are met as well.
        RlsColumn next = concerned[_turn++ % concerned.Count];
        _places[next.Name] = _places.TryGetValue(next.Name, out int place) ? place + 1 : IsNeeded(next) ? 1 : 0;
    }

    private static bool IsNeeded(RlsColumn column) => column is { NotNull: true, Default: null, Identity: "", Generated: "" };

    private IReadOnlyList<JsonNode?> Candidates(RlsColumn column) => _candidates.TryGetValue(column.Name, out IReadOnlyList<JsonNode?>? known) ? known : _candidates[column.Name] = values.Candidates(table, column, label);

    private IEnumerable<RlsColumn> Concerned(FixtureInsert answer) => answer.State switch
    {
        "23514" when graph.CheckConstraints(table).FirstOrDefault(check => check.Name == answer.Constraint) is { } check => check.Columns.Select(table.Column).OfType<RlsColumn>(),
        "23514" when answer.DataType is { Length: > 0 } domain => table.Columns.Where(column => column.Type == domain || column.Type.EndsWith("." + domain, StringComparison.Ordinal)),
        "23514" when table.PartitionKey.Count > 0 => table.PartitionKey.Select(table.Column).OfType<RlsColumn>(),
        "23505" when graph.Indexes(table).FirstOrDefault(index => index.Name == answer.Constraint) is { } index => index.Columns.Select(table.Column).OfType<RlsColumn>(),
        "23502" when answer.Column is { } name && table.Column(name) is { } column => [column],

        // A domain's check, a length or a form: the server names the column only sometimes.
        "23514" or "22P02" or "22001" or "22003" or "22007" or "22008" or "22023" => answer.Column is { Length: > 0 } named && table.Column(named) is { } one ? [one] : table.Columns.Where(IsNeeded),
        _ => [],
    };
}
