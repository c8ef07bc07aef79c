namespace AgentFlow.Deployments.Lead;

/// <summary>What a database and its address say about which one it is.</summary>
public sealed record DatabaseIdentity
{
    /// <summary>The project ref in the address or the user name; null where they carry none.</summary>
    public string? Ref { get; init; }

    /// <summary>True when the database is on this machine.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>The name in the marker table (<c>agentflow_meta.environment</c>): local, ci, test, staging, production; null without one.</summary>
    public string? Marker { get; init; }

    /// <summary>True for a standby, which no probe can write to.</summary>
    public bool InRecovery { get; init; }
}
