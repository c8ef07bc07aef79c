namespace AgentFlow.Core.Tests.Rotation;

/// <summary>One credential at its provider.</summary>
internal sealed class MemoryCredential(string id, string owner, string value, DateTimeOffset createdAt, string? tag)
{
    public string Id { get; } = id;

    public string Owner { get; } = owner;

    public string Value { get; set; } = value;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string? Tag { get; } = tag;

    public bool Works { get; set; } = true;

    public int Sessions { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
