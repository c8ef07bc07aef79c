using AgentFlow.Safety;

namespace AgentFlow.Adapters.Aws;

/// <summary>Credentials of a caller of AWS.</summary>
internal sealed record AwsIdentity(string AccessKeyId, Secret SecretKey, string? SessionToken);
