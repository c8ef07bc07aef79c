namespace AgentFlow.Rotation.Ports;

/// <summary>One role of the database.</summary>
public sealed record LoginRole
{
    public required string Name { get; init; }

    public required bool CanLogin { get; init; }

    public required bool HasPassword { get; init; }

    /// <summary>Sessions that are open as this role.</summary>
    public required int Sessions { get; init; }
}
