using System.Text.Json.Nodes;

namespace AgentFlow.TestKit.Contracts;

/// <summary>
/// Finds members of a body that no accepted schema knows at that place. OpenAPI lets objects carry more than they declare, so
/// a schema check alone would let a misspelt member pass.
/// </summary>
internal sealed class KnownMembers(SchemaSet schemas, IReadOnlyList<string> extra)
{
    /// <summary>Paths of unknown members.</summary>
    public IEnumerable<string> Unknown(JsonNode? body, IReadOnlyList<JsonNode> accepted) => Walk(body, accepted, "#");

    private IEnumerable<string> Walk(JsonNode? body, IReadOnlyList<JsonNode> accepted, string at)
    {
        List<JsonObject> shapes = [];
        foreach (JsonNode schema in accepted)
        {
            Flatten(schema, shapes);
        }

        switch (body)
        {
            case JsonArray items:
                JsonNode[] item = [.. shapes.Select(shape => shape["items"]).OfType<JsonNode>()];
                return item.Length == 0 ? [] : items.SelectMany((one, index) => Walk(one, item, $"{at}[{index}]"));
            case JsonObject members when !shapes.Any(IsOpen):
                return members.SelectMany(member => Member(member, shapes, at));
            default:
                return [];
        }
    }

    private IEnumerable<string> Member(KeyValuePair<string, JsonNode?> member, List<JsonObject> shapes, string at)
    {
        string place = $"{at}/{member.Key}";
        JsonNode[] known = [.. shapes.Select(shape => shape["properties"]?[member.Key]).OfType<JsonNode>()];
        return known.Length > 0 ? Walk(member.Value, known, place) : extra.Contains(member.Key) ? [] : [$"{place}: the contract does not know it"];
    }

    // An object that says nothing of its members takes all.
    private static bool IsOpen(JsonObject shape) => shape["additionalProperties"] switch
    {
        JsonObject => true,
        JsonValue flag when flag.TryGetValue(out bool allowed) && allowed => shape["properties"] is not JsonObject { Count: > 0 },
        _ => shape["properties"] is null && shape["type"]?.GetValue<string>() == "object",
    };

    private void Flatten(JsonNode schema, List<JsonObject> shapes)
    {
        if (schemas.Resolve(schema) is not JsonObject one)
        {
            return;
        }

        shapes.Add(one);
        foreach (string union in (ReadOnlySpan<string>)["oneOf", "anyOf", "allOf"])
        {
            foreach (JsonNode? member in one[union] as JsonArray ?? [])
            {
                Flatten(member!, shapes);
            }
        }
    }
}
