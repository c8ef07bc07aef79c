namespace AgentFlow.Adapters.Vercel.Wire;

internal sealed class ProjectPageConverter() : PageConverter<ProjectDto>("projects");

internal sealed class DeploymentPageConverter() : PageConverter<DeploymentDto>("deployments");

internal sealed class DomainPageConverter() : PageConverter<DomainDto>("domains");

internal sealed class AliasPageConverter() : PageConverter<AliasDto>("aliases");

internal sealed class EnvPageConverter() : PageConverter<EnvDto>("envs");

internal sealed class SharedEnvPageConverter() : PageConverter<SharedEnvDto>("data");
