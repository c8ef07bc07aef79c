using AgentFlow.Benchmarks.Rotation;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>One sandbox for a class of tests, put back to its beginning by each.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal CampaignSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sandbox = await CampaignSandbox.StartAsync();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
