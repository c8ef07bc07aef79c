namespace AgentFlow.Sandbox.Vercel;

/// <summary>One deployment. Times are epoch milliseconds.</summary>
internal sealed class VercelDeployment
{
    public required string Id { get; init; }

    /// <summary>Its immutable address: <c>127.0.0.1:PORT</c> while it is served here, a name that resolves nowhere when it is not.</summary>
    public required string Url { get; init; }

    public required string ProjectId { get; init; }

    public required string ProjectName { get; init; }

    /// <summary><c>production</c>, or null for a preview.</summary>
    public string? Target { get; init; }

    /// <summary><c>git</c>, <c>cli</c>, <c>redeploy</c>…; null when Vercel does not say.</summary>
    public string? Source { get; init; }

    /// <summary>QUEUED, INITIALIZING, BUILDING, READY, ERROR or CANCELED.</summary>
    public required string State { get; set; }

    /// <summary>STAGED, ROLLING or PROMOTED; null for previews and unfinished builds.</summary>
    public string? Substate { get; set; }

    public required long CreatedAt { get; init; }

    public long? BuildingAt { get; set; }

    public long? ReadyAt { get; set; }

    /// <summary>When a running build will be over; null when nothing runs.</summary>
    public long? FinishesAt { get; set; }

    public string? CommitSha { get; init; }

    public string? CommitMessage { get; init; }

    public string? Branch { get; init; }

    /// <summary>The repository that Vercel says it was built from.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Free texts that came with it besides git's.</summary>
    public IReadOnlyDictionary<string, string> ExtraMeta { get; init; } = new Dictionary<string, string>();

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>Names that its build found missing.</summary>
    public IReadOnlyList<string> MissingNames { get; set; } = [];

    /// <summary>How many lines of compiler output its build log has besides the usual ones.</summary>
    public int ExtraLogLines { get; init; }

    /// <summary>The variables as they were when it was built: what a running deployment sees, whatever the project holds now.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    public bool IsReady => State == "READY";

    public bool IsOver => State is "READY" or "ERROR" or "CANCELED";
}
