namespace AgentFlow.TestKit.Sandbox;

/// <summary>What the sandbox says in its one ready line.</summary>
public sealed record SandboxReady
{
    public required int Protocol { get; init; }

    public required string Scenario { get; init; }

    public required Uri ControlUri { get; init; }

    public required string ConfigPath { get; init; }

    public required Uri VercelUri { get; init; }

    public required Uri GitHubUri { get; init; }

    public required Uri ProductionUri { get; init; }

    public required Uri PreviewUri { get; init; }

    public required bool DatabaseAvailable { get; init; }

    public string? DatabaseReason { get; init; }
}
