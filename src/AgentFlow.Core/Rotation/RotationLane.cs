namespace AgentFlow;

/// <summary>One entry of the variable store that carries a part of the credential.</summary>
public sealed record RotationLane
{
    /// <summary>Variable name.</summary>
    public required string Name { get; init; }

    /// <summary>The part that it carries: <c>secret</c>, <c>id</c>, <c>url</c>, <c>previous</c>, ….</summary>
    public required string Part { get; init; }

    /// <summary>production, preview, development.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The preview branch, when the entry is for one.</summary>
    public string? GitBranch { get; init; }

    /// <summary>Custom environments, by id.</summary>
    public IReadOnlyList<string> CustomEnvironmentIds { get; init; } = [];

    /// <summary>sensitive, encrypted, plain.</summary>
    public string Type { get; init; } = "sensitive";

    /// <summary>Id of the entry; null when the rotation makes it.</summary>
    public string? EntryId { get; init; }

    /// <summary>The lane as text.</summary>
    public string Describe() => $"{Name} ({string.Join('+', [.. Targets, .. CustomEnvironmentIds])}{(GitBranch is null ? string.Empty : ":" + GitBranch)})";
}
