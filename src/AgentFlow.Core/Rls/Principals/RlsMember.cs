namespace AgentFlow.Rls.Principals;

/// <summary>A user of the database with all memberships, as the privileged role read it.</summary>
public sealed record RlsMember
{
    public required string UserId { get; init; }

    public string? Email { get; init; }

    /// <summary>raw_app_meta_data as JSON, or null.</summary>
    public string? AppMetadata { get; init; }

    /// <summary>raw_user_meta_data as JSON, or null.</summary>
    public string? UserMetadata { get; init; }

    public IReadOnlyList<RlsMembership> Memberships { get; init; } = [];
}
