using AgentFlow.Deployments;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;

namespace AgentFlow.Cmdlets.Session;

/// <summary>The only place that knows the adapters: builds each port of one context when it is first used.</summary>
internal sealed class Composition(AfConfig config, ContextSecrets secrets, TimeProvider time) : IAsyncDisposable
{
    public IDeploymentSource Deployments => throw new NotSupportedException();
    public IVariableSource Variables => throw new NotSupportedException();
    public IRepositorySource Repositories => throw new NotSupportedException();
    public IReadOnlyList<IIdentitySource> Identities => throw new NotSupportedException();
    public IStampSource Stamps => throw new NotSupportedException();
    public IRouteProbe RouteProbe => throw new NotSupportedException();
    public LeadCheck LeadCheck => throw new NotSupportedException();
    public AfConfig Config { get; } = config;

    public ContextSecrets Secrets { get; } = secrets;

    public TimeProvider Time { get; } = time;

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
