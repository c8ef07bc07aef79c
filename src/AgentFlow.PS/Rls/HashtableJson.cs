using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Turns what an operator types between <c>@{</c> and <c>}</c> into JSON and text that a database reads the same way in every culture.</summary>
internal static class HashtableJson
{
    /// <summary>One JSON object; null for null.</summary>
    public static string? Write(Hashtable? table) => table is null ? null : Node(table)!.ToJsonString();

    /// <summary>Every value as text.</summary>
    public static IReadOnlyDictionary<string, string> Texts(Hashtable table) => table.Cast<DictionaryEntry>().ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value));

    /// <summary>One value as text.</summary>
    public static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString() ?? string.Empty,
    };

    private static JsonNode? Node(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        IDictionary members => new JsonObject(members.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(Text(entry.Key), Node(entry.Value)))),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Node)]),
        object other => JsonValue.Create(Text(other)),
    };
}
