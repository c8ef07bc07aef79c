namespace AgentFlow;

/// <summary>The name of an environment variable that a log says is missing. Never its value.</summary>
public sealed record MissingEnv
{
    /// <summary>The variable's name as the log spells it.</summary>
    public required string Name { get; init; }

    /// <summary>The tool or library that speaks, where its format tells (Prisma, zod, docker compose); otherwise log.</summary>
    public required string Source { get; init; }

    /// <summary>The format that read it: sentence, list, object dump, issue line and so on.</summary>
    public required string Parser { get; init; }

    /// <summary>The line of the log that says so, from 1; of a message over several lines, the one that completes it.</summary>
    public required int Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
