namespace AgentFlow.Cmdlets.Session;

/// <summary>The only place that knows the adapters: builds each port of one context when it is first used.</summary>
internal sealed class Composition(AfConfig config, ContextSecrets secrets, TimeProvider time) : IAsyncDisposable
{
    public AfConfig Config { get; } = config;

    public ContextSecrets Secrets { get; } = secrets;

    public TimeProvider Time { get; } = time;

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
