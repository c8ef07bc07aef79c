using System.Text.Json.Serialization;

namespace AgentFlow.Adapters.Vercel.Wire;

/// <summary>How Vercel's JSON is read: tolerant of new members, of new words and of ids that are texts here and numbers there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(LooseStringConverter), typeof(LooseTimeConverter), typeof(LooseNumberConverter), typeof(LooseFlagConverter), typeof(LooseStringsConverter),
        typeof(ProjectPageConverter), typeof(DeploymentPageConverter), typeof(DomainPageConverter), typeof(AliasPageConverter), typeof(EnvPageConverter), typeof(SharedEnvPageConverter),
    ])]
[JsonSerializable(typeof(ProjectDto))]
[JsonSerializable(typeof(DeploymentDto))]
[JsonSerializable(typeof(DomainDto))]
[JsonSerializable(typeof(UserDto))]
[JsonSerializable(typeof(TokenDto))]
[JsonSerializable(typeof(PaginationDto))]
[JsonSerializable(typeof(AliasDto))]
[JsonSerializable(typeof(EnvDto))]
[JsonSerializable(typeof(SharedEnvDto))]
[JsonSerializable(typeof(PageOf<ProjectDto>))]
[JsonSerializable(typeof(PageOf<DeploymentDto>))]
[JsonSerializable(typeof(PageOf<DomainDto>))]
[JsonSerializable(typeof(PageOf<AliasDto>))]
[JsonSerializable(typeof(PageOf<EnvDto>))]
[JsonSerializable(typeof(PageOf<SharedEnvDto>))]
internal sealed partial class VercelJson : JsonSerializerContext;
