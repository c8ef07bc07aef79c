namespace AgentFlow.Sandbox.Vercel;

/// <summary>One environment variable of a project.</summary>
internal sealed class VercelVariable
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Key { get; set; }

    public required string Value { get; set; }

    /// <summary>system, secret, encrypted, plain or sensitive.</summary>
    public required string Type { get; set; }

    public required IReadOnlyList<string> Targets { get; set; }

    public string? Branch { get; set; }

    public string? Comment { get; set; }

    public required long CreatedAt { get; init; }

    public long UpdatedAt { get; set; }
}
