using System.Text.Json.Serialization;

namespace AgentFlow.Rls.Spec;

/// <summary>How a spec is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RlsSpec))]
internal sealed partial class RlsSpecJson : JsonSerializerContext;
