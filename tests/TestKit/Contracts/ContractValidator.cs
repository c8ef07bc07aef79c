using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.TestKit.Contracts;

/// <summary>Holds requests of clients and answers of servers against a published contract.</summary>
public sealed class ContractValidator(OpenApiContract contract)
{
    private const string JsonLines = "application/stream+json";
    private const string Form = "application/x-www-form-urlencoded";

    private readonly KnownMembers _members = new(contract.Schemas, contract.Notes.ExtraMembers);

    /// <summary>Everything that is wrong with both sides of an exchange; empty when nothing is. An answer that a fault was injected into is not the server's own and is left out.</summary>
    public async Task<IReadOnlyList<ContractViolation>> ValidateAsync(RecordedExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        List<ContractViolation> violations = [.. await ValidateRequestAsync(exchange.Method, exchange.Path, exchange.Query, exchange.RequestContentType, exchange.RequestBody)];
        if (exchange.Faults.All(kind => kind == "latency") && exchange is { Status: > 0, ResponseIsCut: false })
        {
            violations.AddRange(await ValidateResponseAsync(exchange.Method, exchange.Path, exchange.Status, exchange.ResponseContentType, exchange.ResponseBody));
        }

        return violations;
    }

    /// <summary>Method, path, query and body of a request.</summary>
    public async Task<IReadOnlyList<ContractViolation>> ValidateRequestAsync(string method, string path, string query, string? contentType, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (contract.Find(method, path) is not { } found)
        {
            return [new("request", $"{method} {path}", "the contract has no such operation")];
        }

        List<string> problems = [.. await PathAsync(found), .. await QueryAsync(found.Operation, query), .. await RequestBodyAsync(found.Operation, contentType, body)];
        return [.. problems.Select(problem => new ContractViolation("request", $"{method} {path}", problem))];
    }

    /// <summary>Status and body of an answer.</summary>
    public async Task<IReadOnlyList<ContractViolation>> ValidateResponseAsync(string method, string path, int status, string? contentType, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (contract.Find(method, path) is not { } found)
        {
            return [new("response", $"{method} {path}", "the contract has no such operation")];
        }

        IReadOnlyList<string> problems = await ResponseAsync(found.Operation, status, contentType, body);
        return [.. problems.Select(problem => new ContractViolation("response", $"{method} {path}", $"{status}: {problem}"))];
    }

    private static string? Media(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType : null;

    private static bool TryParse(byte[] body, out JsonNode? json)
    {
        try
        {
            json = JsonNode.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            json = null;
            return false;
        }
    }

    private IEnumerable<JsonObject> Parameters(ContractOperation operation, string place) => (operation.Definition["parameters"] as JsonArray ?? [])
        .Select(parameter => contract.Schemas.Resolve(parameter!).AsObject())
        .Where(parameter => parameter["in"]!.GetValue<string>() == place);

    private async Task<IEnumerable<string>> PathAsync((ContractOperation Operation, IReadOnlyDictionary<string, string> Path) found)
    {
        List<string> problems = [];
        foreach (JsonObject parameter in Parameters(found.Operation, "path"))
        {
            string name = parameter["name"]!.GetValue<string>();
            if (found.Path.TryGetValue(name, out string? raw) && parameter["schema"] is { } schema && !await FitsAsync(schema, Uri.UnescapeDataString(raw)))
            {
                problems.Add($"path parameter '{name}' does not fit its schema");
            }
        }

        return problems;
    }

    private async Task<IEnumerable<string>> QueryAsync(ContractOperation operation, string query)
    {
        Dictionary<string, JsonObject> known = Parameters(operation, "query").ToDictionary(parameter => parameter["name"]!.GetValue<string>());
        string[] extra = [.. contract.Notes.CommonQuery, .. contract.Notes.ExtraQuery.GetValueOrDefault($"{operation.Method} {operation.Path}", [])];
        ILookup<string, string> given = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToLookup(pair => Decode(pair[0]), pair => pair.Length > 1 ? Decode(pair[1]) : string.Empty);
        List<string> problems = [];
        foreach (IGrouping<string, string> parameter in given)
        {
            if (!known.TryGetValue(parameter.Key, out JsonObject? definition))
            {
                if (!extra.Contains(parameter.Key))
                {
                    problems.Add($"query parameter '{parameter.Key}' is not in the contract");
                }
            }
            else if (definition["schema"] is { } schema && !await FitsAllAsync(schema, [.. parameter]))
            {
                problems.Add($"query parameter '{parameter.Key}' does not fit its schema");
            }
        }

        problems.AddRange(known.Where(pair => pair.Value["required"]?.GetValue<bool>() == true && !given.Contains(pair.Key)).Select(pair => $"query parameter '{pair.Key}' is required"));
        return problems;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private async Task<bool> FitsAllAsync(JsonNode schema, string[] values)
    {
        bool isArray = contract.Schemas.Resolve(schema)["type"]?.GetValue<string>() == "array";
        if (isArray)
        {
            JsonArray items = new([.. values.SelectMany(value => value.Split(',')).Select(value => JsonValue.Create(value))]);
            return (await contract.Schemas.ValidateAsync(schema, items.ToJsonString())).Count == 0;
        }

        foreach (string value in values)
        {
            if (!await FitsAsync(schema, value))
            {
                return false;
            }
        }

        return true;
    }

    // A query is text: it fits when it reads as any JSON value that fits.
    private async Task<bool> FitsAsync(JsonNode schema, string value)
    {
        List<string> readings = [JsonValue.Create(value).ToJsonString()];
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || value is "true" or "false")
        {
            readings.Add(value);
        }

        foreach (string reading in readings)
        {
            if ((await contract.Schemas.ValidateAsync(schema, reading)).Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<string>> RequestBodyAsync(ContractOperation operation, string? contentType, byte[] body)
    {
        JsonObject? definition = operation.Definition["requestBody"] is { } node ? contract.Schemas.Resolve(node).AsObject() : null;
        if (definition is null)
        {
            return body.Length > 0 ? ["there is a body, and the contract has none"] : [];
        }

        if (body.Length == 0)
        {
            return definition["required"]?.GetValue<bool>() == true ? ["the body is missing"] : [];
        }

        JsonObject content = definition["content"]!.AsObject();
        if (Media(contentType) is not { } media || content[media]?["schema"] is not { } schema)
        {
            return [$"the contract has no body of type '{contentType}'"];
        }

        if (media == Form)
        {
            JsonObject form = FormBody.Read(body, schema, contract.Schemas);
            return [.. await contract.Schemas.ValidateAsync(schema, form.ToJsonString()), .. _members.Unknown(form, [schema])];
        }

        return !TryParse(body, out JsonNode? json) ? ["the body is not JSON"] : [.. await contract.Schemas.ValidateAsync(schema, json?.ToJsonString() ?? "null"), .. _members.Unknown(json, [schema])];
    }

    private async Task<IReadOnlyList<string>> ResponseAsync(ContractOperation operation, int status, string? contentType, byte[] body)
    {
        JsonObject responses = operation.Definition["responses"]!.AsObject();
        JsonNode? definition = responses[status.ToString(CultureInfo.InvariantCulture)];
        if (definition is null && !contract.Notes.CommonStatuses.Contains(status))
        {
            return ["the contract has no such status"];
        }

        JsonObject? content = definition is null ? null : contract.Schemas.Resolve(definition)["content"] as JsonObject;
        if (status >= 400 && content is null)
        {
            return Error(body);
        }

        if (content is null)
        {
            return body.Length > 0 && status < 300 ? ["there is a body, and the contract has none"] : [];
        }

        if (body.Length == 0)
        {
            // No line at all is a list of lines too: the log of a build that waits in the queue.
            return Media(contentType) == JsonLines ? [] : ["the body is missing"];
        }

        if (Media(contentType) is not { } media || content[media]?["schema"] is not { } schema)
        {
            return [$"the contract has no body of type '{contentType}'"];
        }

        JsonNode? newer = contract.Notes.NewerResponses.TryGetValue($"{operation.Method} {operation.Path}", out string? name) ? contract.Newer[name] : null;
        return media == JsonLines ? await LinesAsync(schema, newer, body)
            : !TryParse(body, out JsonNode? json) ? ["the body is not JSON"]
            : await BodyAsync(schema, IsEventList(operation) ? null : newer, json, operation, newer);
    }

    private static bool IsEventList(ContractOperation operation) => operation.Id == "getDeploymentEvents";

    private async Task<IReadOnlyList<string>> BodyAsync(JsonNode schema, JsonNode? newer, JsonNode? json, ContractOperation operation, JsonNode? newerItem)
    {
        // The later version describes one event; the operation sends them in a list.
        if (IsEventList(operation) && json is JsonArray events)
        {
            JsonNode item = contract.Schemas.Resolve(schema)["items"]!;
            return await EachAsync(events, item, newerItem);
        }

        string text = json?.ToJsonString() ?? "null";
        IReadOnlyList<string> problems = await contract.Schemas.ValidateAsync(schema, text);
        if (problems.Count > 0 && newer is not null && (await contract.Schemas.ValidateAsync(newer, text)).Count == 0)
        {
            problems = [];
        }

        return [.. problems, .. _members.Unknown(json, newer is null ? [schema] : [schema, newer])];
    }

    private async Task<IReadOnlyList<string>> EachAsync(IEnumerable<JsonNode?> events, JsonNode item, JsonNode? newer)
    {
        List<string> problems = [];
        int number = 0;
        foreach (JsonNode? one in events)
        {
            number++;
            string text = one?.ToJsonString() ?? "null";
            IReadOnlyList<string> wrong = await contract.Schemas.ValidateAsync(item, text);
            if (wrong.Count > 0 && newer is not null && (await contract.Schemas.ValidateAsync(newer, text)).Count == 0)
            {
                wrong = [];
            }

            problems.AddRange(wrong.Concat(_members.Unknown(one, newer is null ? [item] : [item, newer])).Select(problem => $"event {number}: {problem}"));
        }

        return problems;
    }

    private async Task<IReadOnlyList<string>> LinesAsync(JsonNode schema, JsonNode? newer, byte[] body)
    {
        List<JsonNode?> lines = [];
        foreach (string line in Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse(Encoding.UTF8.GetBytes(line), out JsonNode? json))
            {
                return [$"line {lines.Count + 1} is not JSON"];
            }

            // An empty event keeps the connection alive (Vercel's CLI, util/logs).
            if (json is not JsonObject { Count: 0 })
            {
                lines.Add(json);
            }
        }

        return await EachAsync(lines, schema, newer);
    }

    private IReadOnlyList<string> Error(byte[] body)
    {
        if (!TryParse(body, out JsonNode? json))
        {
            return ["the error body is not JSON"];
        }

        return [.. contract.Notes.ErrorMembers.Where(member => member.Split('.').Aggregate(json, (at, step) => (at as JsonObject)?[step]) is not JsonValue).Select(member => $"the error body has no '{member}'")];
    }
}
