namespace AgentFlow;

/// <summary>One line of a build log.</summary>
public sealed record BuildLogLine
{
    /// <summary>Position in the log as read, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>When the platform recorded it (UTC); null when not said.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>command, stdout, stderr, exit, fatal, deployment-state, alias-assigned or what comes next.</summary>
    public required string Kind { get; init; }

    /// <summary>error or warning where the platform says so; otherwise null.</summary>
    public string? Level { get; init; }

    /// <summary>The text without its line end; colour codes are left in.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
