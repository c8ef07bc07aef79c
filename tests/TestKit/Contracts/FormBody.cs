using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentFlow.TestKit.Contracts;

/// <summary>Reads a form as Stripe's contract means it: <c>a[b]=c</c> is a member, <c>a[0]=x</c> and <c>a[]=x</c> are items; leaves take the type that the schema has there.</summary>
internal static class FormBody
{
    public static JsonObject Read(byte[] body, JsonNode schema, SchemaSet schemas)
    {
        JsonObject root = [];
        foreach (string pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            string[] path = Decode(parts[0]).Replace("]", string.Empty, StringComparison.Ordinal).Split('[');
            Put(root, path, parts.Length > 1 ? Decode(parts[1]) : string.Empty);
        }

        return (JsonObject)Shape(root, [schema], schemas);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static void Put(JsonObject at, string[] path, string value)
    {
        foreach (string step in path[..^1])
        {
            at = at[step] as JsonObject ?? (JsonObject)(at[step] = new JsonObject());
        }

        string last = path[^1].Length > 0 ? path[^1] : at.Count.ToString(CultureInfo.InvariantCulture);
        at[last] = value;
    }

    private static JsonNode Shape(JsonNode given, IReadOnlyList<JsonNode> schemas, SchemaSet set)
    {
        List<JsonObject> shapes = [.. schemas.SelectMany(schema => Alternatives(schema, set))];
        if (given is JsonObject members)
        {
            if (members.Count > 0 && members.All(member => member.Key.All(char.IsAsciiDigit)) && shapes.Exists(shape => shape["items"] is not null))
            {
                return new JsonArray([.. members.Select(member => Shape(member.Value!.DeepClone(), [.. shapes.Select(shape => shape["items"]).OfType<JsonNode>()], set))]);
            }

            return new JsonObject(members.Select(member => KeyValuePair.Create(
                member.Key,
                (JsonNode?)Shape(member.Value!.DeepClone(), [.. shapes.Select(shape => shape["properties"]?[member.Key] ?? shape["additionalProperties"] as JsonObject).OfType<JsonNode>()], set))));
        }

        string text = given.GetValue<string>();
        HashSet<string?> types = [.. shapes.Select(shape => shape["type"]?.GetValue<string>())];
        return types.Contains("boolean") && bool.TryParse(text, out bool flag) ? JsonValue.Create(flag)
            : types.Contains("integer") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? JsonValue.Create(number)
            : given;
    }

    private static IEnumerable<JsonObject> Alternatives(JsonNode schema, SchemaSet set)
    {
        if (set.Resolve(schema) is not JsonObject one)
        {
            return [];
        }

        IEnumerable<JsonNode> union = new[] { "anyOf", "oneOf", "allOf" }.SelectMany(word => one[word] as JsonArray ?? []).OfType<JsonNode>();
        return union.SelectMany(member => Alternatives(member, set)).Prepend(one);
    }
}
