using System.Text.Json;

namespace AgentFlow.Rls.Access;

/// <summary>What came of one probe: rows, a number of rows, or an error.</summary>
public sealed record RlsAnswer
{
    /// <summary>The rows by column name, values as text.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows { get; init; } = [];

    /// <summary>The rows of the query that ran afterwards.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> After { get; init; } = [];

    /// <summary>Rows that the statement touched; 0 for a query.</summary>
    public long Affected { get; init; }

    /// <summary>SQLSTATE of the error; null without one.</summary>
    public string? State { get; init; }

    /// <summary>The server's words; they may quote rows, so only those about privileges are shown.</summary>
    public string? Message { get; init; }

    /// <summary>The column that a constraint error names; empty otherwise.</summary>
    public string Column { get; init; } = string.Empty;

    /// <summary>True when the error came before the actor's own statement.</summary>
    public bool InSetup { get; init; }

    public bool IsError => State is not null;

    /// <summary>True when a policy refused a new row.</summary>
    public bool IsPolicyRefusal => State == "42501" && Message?.Contains("row-level security", StringComparison.Ordinal) == true;

    /// <summary>The one value of the one row; null when there is none.</summary>
    public string? Value => Rows.Count > 0 ? Rows[0].Values.FirstOrDefault() : null;

    /// <summary>The value as a number; 0 when there is none.</summary>
    public long Number => long.TryParse(Value, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : 0;

    /// <summary>The names in the server's message about a missing privilege; other messages stay inside.</summary>
    public string Refusal => State == "42501" && Message is { } message && message.StartsWith("permission denied", StringComparison.Ordinal) ? message : $"SQLSTATE {State}";

    /// <summary>Reads the rows that the session's probe program gives: an array of objects.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string?>> ReadRows(JsonElement rows) => rows.ValueKind != JsonValueKind.Array
        ? []
        : [.. rows.EnumerateArray().Select(row => (IReadOnlyDictionary<string, string?>)row.EnumerateObject().ToDictionary(
            member => member.Name,
            member => member.Value.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => member.Value.GetString(), _ => member.Value.GetRawText() }))];
}
