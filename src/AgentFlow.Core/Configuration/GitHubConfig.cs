namespace AgentFlow;

/// <summary>The one repository, pinned by its numeric id, which survives renames and transfers.</summary>
public sealed record GitHubConfig
{
    /// <summary>GitHub's repository id; the pin.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>For display and for calls that need it.</summary>
    public string? Owner { get; init; }

    /// <summary>For display and for calls that need it.</summary>
    public string? Name { get; init; }

    /// <summary>The branch that production is built from.</summary>
    public string ProductionBranch { get; init; } = "main";

    /// <summary>Reference to the access token (fine-grained: contents and metadata, read).</summary>
    public string Token { get; init; } = "env:GITHUB_TOKEN";
}
