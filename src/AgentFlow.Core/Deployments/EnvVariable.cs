namespace AgentFlow;

/// <summary>Name and metadata of one variable that the hosting platform holds. There is no value member, by design.</summary>
public sealed record EnvVariable
{
    /// <summary>The platform's id; null for entries that it does not number.</summary>
    public string? Id { get; init; }

    /// <summary>The variable's name.</summary>
    public required string Name { get; init; }

    /// <summary>plain, encrypted, sensitive, system, secret or what comes next.</summary>
    public required string Kind { get; init; }

    /// <summary>production, preview, development.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The one branch that a preview variable is for; null for all branches.</summary>
    public string? GitBranch { get; init; }

    /// <summary>Ids of the custom environments that it is for.</summary>
    public IReadOnlyList<string> CustomEnvironments { get; init; } = [];

    /// <summary>True for a team's variable that is shared with the project.</summary>
    public bool IsShared { get; init; }

    /// <summary>True for a shared variable that every custom environment gets.</summary>
    public bool AllCustomEnvironments { get; init; }

    /// <summary>Id of the integration that owns it; null when people do.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>What people wrote beside it.</summary>
    public string? Comment { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last written (UTC).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
