namespace AgentFlow.Core.Tests.Rotation;

/// <summary>A deployment with the values of its build.</summary>
internal sealed class MemoryDeployment(string id, DateTimeOffset createdAt, string? tag, Dictionary<string, string> environment)
{
    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string? Tag { get; } = tag;

    public Dictionary<string, string> Environment { get; } = environment;

    public int Reads { get; set; }

    public bool Fails { get; set; }
}
