using System.Collections.Frozen;
using System.Text.Json;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>The messages inside a line that is one JSON object, as structured loggers write it.</summary>
internal static class JsonMessages
{
    private const int Deepest = 5;

    // pino, winston, bunyan, zap, Serilog, Python's and Java's JSON formatters, Google Cloud and CloudWatch, OpenTelemetry.
    private static readonly FrozenSet<string> s_keys = new[]
    {
        "msg", "message", "@m", "@mt", "@x", "log", "err", "error", "errors", "errormessage", "errormsg", "stack", "stacktrace", "exception", "exc_info", "text", "textpayload", "jsonpayload", "body", "line", "reason", "cause", "detail", "details", "event", "output", "stderr", "stdout", "data", "context", "trace",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the messages of a JSON line; false when it is no such line.</summary>
    public static bool TryRead(string line, List<string> messages)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim();
        if (text.Length < 8 || text[0] != '{' || text[^1] != '}' || text[1..].TrimStart() is not ['"', ..])
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text.ToString());
            Collect(document.RootElement, isMessage: false, 0, messages);
        }
        catch (JsonException)
        {
            return false;
        }

        return messages.Count > 0;
    }

    /// <summary>Adds the messages of a JSON object that ends a line of text.</summary>
    public static void ReadTail(string line, List<string> messages)
    {
        int start = line.IndexOf("{\"", StringComparison.Ordinal);
        if (start > 0 && line.AsSpan().TrimEnd() is [.., '}'])
        {
            TryRead(line[start..], messages);
        }
    }

    private static void Collect(JsonElement element, bool isMessage, int depth, List<string> messages)
    {
        if (depth > Deepest)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String when isMessage:
                messages.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Collect(item, isMessage, depth + 1, messages);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Collect(property.Value, s_keys.Contains(property.Name), depth + 1, messages);
                }

                break;
            default:
                break;
        }
    }
}
