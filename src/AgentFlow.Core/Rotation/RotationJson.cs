using System.Text.Json.Serialization;

namespace AgentFlow.Rotation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RotationFact))]
[JsonSerializable(typeof(CredentialConfig))]
[JsonSerializable(typeof(IReadOnlyList<RotationLane>))]
internal sealed partial class RotationJson : JsonSerializerContext;
