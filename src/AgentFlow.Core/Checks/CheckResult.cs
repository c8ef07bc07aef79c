namespace AgentFlow;

/// <summary>The one result schema of every <c>Test-Af*</c> cmdlet: one record per check and target.</summary>
public sealed record CheckResult
{
    /// <summary>Identifies the run; all records of one cmdlet call share it.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Stable id, for example <c>AFD001</c>; listed in the help of the cmdlet that emits it.</summary>
    public required string CheckId { get; init; }

    /// <summary>The runbook sentence that this check carries, for example <c>D1</c>.</summary>
    public required string RunbookId { get; init; }

    /// <summary>What was checked, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The affected surface: auth, billing, ai, database, docs, integrations, monitoring, public.</summary>
    public required string Surface { get; init; }

    /// <summary>The object that was looked at: a deployment, a route, a table.</summary>
    public required string Target { get; init; }

    /// <summary>The verdict.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>One sentence that explains the outcome; never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>What was expected, or null where the reason says it all.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found, or null.</summary>
    public string? Actual { get; init; }

    /// <summary>What to do about it; null when nothing is to be done.</summary>
    public string? Remediation { get; init; }

    /// <summary>How often the outside system was asked; at least 1 for a check that ran.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>When the check started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}
