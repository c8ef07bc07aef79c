namespace AgentFlow;

/// <summary>A running rehearsal copy of the outside world; pipe it to <c>Connect-AfContext</c>.</summary>
public sealed record SandboxInfo
{
    /// <summary>Process id.</summary>
    public required int Id { get; init; }

    /// <summary>The scenario that it plays.</summary>
    public required string Scenario { get; init; }

    /// <summary>The config that connects to it.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Where scenarios and faults are switched.</summary>
    public required Uri ControlUri { get; init; }

    /// <summary>The rehearsal app's production alias.</summary>
    public required Uri ProductionUri { get; init; }

    /// <summary>The rehearsal app's preview deployment.</summary>
    public required Uri PreviewUri { get; init; }

    /// <summary>Whether a PostgreSQL cluster runs with it; without one, database checks are skipped.</summary>
    public required bool DatabaseAvailable { get; init; }

    /// <summary>Why there is no database and how to install one; null when there is.</summary>
    public string? DatabaseReason { get; init; }
}
