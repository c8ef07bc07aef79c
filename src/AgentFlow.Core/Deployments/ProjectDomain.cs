namespace AgentFlow;

/// <summary>A domain as a project holds it.</summary>
public sealed record ProjectDomain
{
    /// <summary>The host.</summary>
    public required string Name { get; init; }

    /// <summary>The project that holds it.</summary>
    public string? ProjectId { get; init; }

    /// <summary>False while another account's claim stands in the way; null when not said.</summary>
    public bool? Verified { get; init; }

    /// <summary>The host that visitors are sent on to; null when it serves by itself.</summary>
    public string? Redirect { get; init; }

    /// <summary>The one branch that it shows; null for production.</summary>
    public string? GitBranch { get; init; }

    /// <summary>The custom environment that it shows; null for none.</summary>
    public string? CustomEnvironmentId { get; init; }
}
