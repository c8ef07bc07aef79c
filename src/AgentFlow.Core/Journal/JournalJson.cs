using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AgentFlow.Journal;

[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JournalJson : JsonSerializerContext;
