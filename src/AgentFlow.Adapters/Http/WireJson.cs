using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AgentFlow.Adapters.Http;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class WireJson : JsonSerializerContext;
