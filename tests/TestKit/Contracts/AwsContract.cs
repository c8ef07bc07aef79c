using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.TestKit.Contracts;

/// <summary>A published AWS service model (Query or REST-JSON): requests and answers are held against its shapes.</summary>
public sealed class AwsContract
{
    private readonly JsonObject _model;

    private AwsContract(JsonObject model) => _model = model;

    private bool IsQuery => _model["metadata"]!["protocol"]!.GetValue<string>() == "query";

    /// <summary>The model of a service in the shared folder: iam, sts, sesv2.</summary>
    public static AwsContract Load(string service) => new(JsonNode.Parse(File.ReadAllText(SharedFolder.File("contracts", "aws", service + ".json")))!.AsObject());

    /// <summary>Everything that is wrong with both sides of an exchange.</summary>
    public IReadOnlyList<ContractViolation> Validate(RecordedExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return IsQuery ? ValidateQuery(exchange) : ValidateRest(exchange);
    }

    private IReadOnlyList<ContractViolation> ValidateQuery(RecordedExchange exchange)
    {
        Dictionary<string, string> form = exchange.RequestText.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        string action = form.GetValueOrDefault("Action", string.Empty);
        if (_model["operations"]![action] is not JsonObject operation)
        {
            return [new("request", action, "the model has no such operation")];
        }

        List<string> problems = [];
        if (form.GetValueOrDefault("Version") != _model["metadata"]!["apiVersion"]!.GetValue<string>())
        {
            problems.Add("Version is not the model's");
        }

        JsonObject members = new(form.Where(pair => pair.Key is not ("Action" or "Version")).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        problems.AddRange(Check(members, operation["input"]?["shape"]?.GetValue<string>(), "request"));
        if (exchange.Status == 200)
        {
            XElement root = XElement.Parse(exchange.ResponseText);
            string? wrapper = operation["output"]?["resultWrapper"]?.GetValue<string>();
            XElement? result = root.Elements().FirstOrDefault(element => element.Name.LocalName == (wrapper ?? action + "Result"));
            problems.AddRange(root.Name.LocalName != action + "Response" ? ["the answer's root is not the action's"]
                : wrapper is null ? []
                : result is null ? [$"the answer has no {wrapper}"]
                : Check(Json(result, operation["output"]!["shape"]!.GetValue<string>()), operation["output"]!["shape"]!.GetValue<string>(), "response"));
        }
        else if (exchange.Faults.Count == 0)
        {
            XElement? code = XElement.Parse(exchange.ResponseText).Descendants().FirstOrDefault(element => element.Name.LocalName == "Code");
            problems.AddRange(code is null ? ["the error has no Code"] : []);
        }

        return [.. problems.Select(problem => new ContractViolation("exchange", action, problem))];
    }

    private IReadOnlyList<ContractViolation> ValidateRest(RecordedExchange exchange)
    {
        KeyValuePair<string, JsonNode?> found = _model["operations"]!.AsObject().FirstOrDefault(one =>
            one.Value!["http"]!["method"]!.GetValue<string>() == exchange.Method && one.Value["http"]!["requestUri"]!.GetValue<string>() == exchange.Path);
        if (found.Value is null)
        {
            return [new("request", exchange.Path, "the model has no such operation")];
        }

        IEnumerable<string> problems = exchange.Status == 200
            ? Check(JsonNode.Parse(exchange.ResponseBody)!.AsObject(), found.Value["output"]!["shape"]!.GetValue<string>(), "response")
            : [];
        return [.. problems.Select(problem => new ContractViolation("response", found.Key, problem))];
    }

    // XML to the members that the shape declares: lists are <member> items.
    private JsonNode? Json(XElement element, string shape)
    {
        JsonObject definition = _model["shapes"]![shape]!.AsObject();
        switch (definition["type"]!.GetValue<string>())
        {
            case "structure":
                JsonObject members = [];
                foreach (XElement child in element.Elements())
                {
                    string? member = definition["members"]?[child.Name.LocalName]?["shape"]?.GetValue<string>();
                    members[child.Name.LocalName] = member is null ? child.Value : Json(child, member);
                }

                return members;
            case "list":
                return new JsonArray([.. element.Elements().Select(child => child.Name.LocalName == "member" ? Json(child, definition["member"]!["shape"]!.GetValue<string>()) : "not a member")]);
            case "boolean":
                return bool.TryParse(element.Value, out bool flag) ? flag : element.Value;
            case "integer" or "double" or "long":
                return double.TryParse(element.Value, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : element.Value;
            default:
                return element.Value;
        }
    }

    private IEnumerable<string> Check(JsonNode? value, string? shape, string at)
    {
        JsonObject? definition = shape is null ? null : _model["shapes"]![shape]!.AsObject();
        return (definition?["type"]?.GetValue<string>(), value) switch
        {
            (null, JsonObject { Count: 0 }) => [],
            (null, _) => [$"{at}: nothing belongs here"],
            ("structure", JsonObject members) => Structure(members, definition!, at),
            ("list", JsonArray items) => items.SelectMany((item, index) => Check(item, definition!["member"]!["shape"]!.GetValue<string>(), $"{at}[{index}]")),
            ("string", JsonValue text) when text.GetValueKind() == JsonValueKind.String => Text(text.GetValue<string>(), definition!, at),
            ("boolean", JsonValue flag) when flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [],
            ("integer" or "double" or "long" or "float", JsonValue number) when number.GetValueKind() == JsonValueKind.Number => [],
            ("integer", JsonValue number) when int.TryParse(number.ToString(), out _) => [],
            ("timestamp", JsonValue time) when DateTimeOffset.TryParse(time.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _) => [],
            ("map", JsonObject) => [],
            (string type, _) => [$"{at}: is no {type}"],
        };
    }

    private IEnumerable<string> Structure(JsonObject members, JsonObject definition, string at)
    {
        foreach (JsonNode? required in definition["required"] as JsonArray ?? [])
        {
            if (!members.ContainsKey(required!.GetValue<string>()))
            {
                yield return $"{at}: {required} is required";
            }
        }

        foreach ((string name, JsonNode? value) in members)
        {
            if (definition["members"]?[name]?["shape"]?.GetValue<string>() is not { } shape)
            {
                yield return $"{at}: the model does not know {name}";
                continue;
            }

            foreach (string problem in Check(value, shape, $"{at}.{name}"))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Text(string text, JsonObject definition, string at)
    {
        if (definition["min"]?.GetValue<int>() > text.Length || definition["max"]?.GetValue<int>() < text.Length)
        {
            yield return $"{at}: its length is outside the model's";
        }

        if (definition["enum"] is JsonArray allowed && allowed.All(one => one!.GetValue<string>() != text))
        {
            yield return $"{at}: is not one of the model's words";
        }

        // Java's names of ranges, and classes that .NET writes otherwise, do not occur in the patterns of the used shapes.
        if (definition["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            yield return $"{at}: does not fit the model's pattern";
        }
    }
}
