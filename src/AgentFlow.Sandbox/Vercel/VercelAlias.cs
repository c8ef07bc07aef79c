namespace AgentFlow.Sandbox.Vercel;

/// <summary>One address and the deployment that it points at.</summary>
internal sealed class VercelAlias
{
    public required string Host { get; init; }

    public required string Uid { get; init; }

    public required string ProjectId { get; init; }

    public required string DeploymentId { get; set; }

    public required long CreatedAt { get; init; }

    public long UpdatedAt { get; set; }
}
