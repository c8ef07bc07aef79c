using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace AgentFlow.TestKit.Contracts;

/// <summary>
/// Turns OpenAPI 3.0 schemas into plain JSON Schema, with the definitions that each needs, and validates against them.
/// <c>oneOf</c> is read as <c>anyOf</c>: these documents are generated from TypeScript unions whose members overlap.
/// </summary>
internal sealed class SchemaSet(JsonObject document)
{
    private const string Components = "#/components/";

    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _compiled = new(StringComparer.Ordinal);

    /// <summary>The object that a reference of the document points at, or the node itself.</summary>
    public JsonNode Resolve(JsonNode node)
    {
        while (node is JsonObject one && one["$ref"]?.GetValue<string>() is { } reference)
        {
            node = reference[2..].Split('/').Aggregate((JsonNode)document, (at, step) => at[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]
                ?? throw new InvalidOperationException($"The contract refers to {reference}, which is not there."));
        }

        return node;
    }

    /// <summary>What is wrong with a JSON text; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> ValidateAsync(JsonNode schema, string json)
    {
        JsonSchema compiled = await _compiled.GetOrAdd(schema.ToJsonString(), _ => CompileAsync(schema));
        return [.. compiled.Validate(json).SelectMany(error => Describe(error, string.Empty))];
    }

    private static IEnumerable<string> Describe(ValidationError error, string inside)
    {
        yield return $"{inside}{error.Path}: {error.Kind}";
        if (error is ChildSchemaValidationError children)
        {
            // One level says which member of a union came nearest; more would bury it.
            foreach (ICollection<ValidationError> child in children.Errors.Values.OrderBy(list => list.Count).Take(1))
            {
                foreach (ValidationError inner in child.Take(5))
                {
                    yield return $"  nearest: {inner.Path}: {inner.Kind}";
                }
            }
        }
    }

    private Task<JsonSchema> CompileAsync(JsonNode schema)
    {
        Dictionary<string, JsonNode> needed = new(StringComparer.Ordinal);
        // Below allOf, because what stands beside a reference is not read.
        JsonObject root = new() { ["allOf"] = new JsonArray(Convert(schema, needed)) };
        Queue<string> open = new(needed.Keys);
        JsonObject definitions = [];
        while (open.TryDequeue(out string? reference))
        {
            if (!definitions.ContainsKey(Name(reference)))
            {
                Dictionary<string, JsonNode> more = new(StringComparer.Ordinal);
                definitions[Name(reference)] = Convert(Resolve(new JsonObject { ["$ref"] = reference }), more);
                foreach (string next in more.Keys)
                {
                    open.Enqueue(next);
                }
            }
        }

        root["definitions"] = definitions;
        return JsonSchema.FromJsonAsync(root.ToJsonString());
    }

    private static string Name(string reference) => reference[Components.Length..].Replace('/', '.');

    private static JsonNode Convert(JsonNode node, Dictionary<string, JsonNode> needed)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(item => item is null ? null : Convert(item, needed))]);
        }

        if (node is not JsonObject from)
        {
            return node.DeepClone();
        }

        if (from["$ref"]?.GetValue<string>() is { } reference)
        {
            needed[reference] = from;
            return new JsonObject { ["$ref"] = "#/definitions/" + Name(reference) };
        }

        JsonObject to = [];
        foreach ((string name, JsonNode? value) in from)
        {
            switch (name)
            {
                case "example" or "examples" or "discriminator" or "xml" or "externalDocs" or "deprecated" or "readOnly" or "writeOnly" or "nullable" or "default" or "description" or "title":
                    break;
                case "format" when value!.GetValue<string>() is not ("date-time" or "uri"):
                    break;
                case "properties" when value is JsonObject properties:
                    to[name] = new JsonObject(properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert(pair.Value!, needed))));
                    break;
                case "oneOf" when value is JsonArray:
                    to["anyOf"] = Convert(value, needed);
                    break;
                case "enum":
                    to[name] = value!.DeepClone();
                    break;
                default:
                    if (!name.StartsWith("x-", StringComparison.Ordinal) && value is not null)
                    {
                        to[name] = Convert(value, needed);
                    }

                    break;
            }
        }

        return from["nullable"]?.GetValue<bool>() == true ? new JsonObject { ["anyOf"] = new JsonArray(to, new JsonObject { ["type"] = "null" }) } : to;
    }
}
