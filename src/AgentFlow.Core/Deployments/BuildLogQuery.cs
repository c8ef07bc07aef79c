namespace AgentFlow.Deployments;

/// <summary>Which part of a build log to read, oldest line first.</summary>
public sealed record BuildLogQuery
{
    /// <summary>Recorded at or after (UTC).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Recorded before (UTC).</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Keep the connection and yield lines as the build writes them, until it ends.</summary>
    public bool Follow { get; init; }
}
