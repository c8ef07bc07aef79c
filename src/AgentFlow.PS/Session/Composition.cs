using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Rotation;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Journal;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Session;

/// <summary>The only place that knows the adapters: builds each port of one context when it is first used.</summary>
internal sealed class Composition(AfConfig config, ContextSecrets secrets, TimeProvider time) : IAsyncDisposable
{
    private readonly Lazy<RotationAdapters> _rotation = new(() => new(config, new HttpClients(time), RotationSecretsOf(config, secrets), time));

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

    /// <summary>The append-only record that procedures share.</summary>
    public IJournalStore Journal => _rotation.Value.Journal;

    /// <summary>The rotation procedure on the real outside.</summary>
    public RotationEngine Rotation => new(RotationPorts(), new());

    /// <summary>What a rotation talks to.</summary>
    public RotationPorts RotationPorts() => _rotation.Value.Ports();

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _rotation.IsValueCreated ? _rotation.Value.DisposeAsync() : ValueTask.CompletedTask;

    private static RotationSecrets RotationSecretsOf(AfConfig config, ContextSecrets secrets) => new()
    {
        Vercel = () => secrets.Require(ContextSecrets.VercelToken),
        Stripe = () => secrets.Require(ContextSecrets.StripeKey),
        Supabase = () => secrets.Require(ContextSecrets.SupabaseToken),
        GitHub = () => secrets.Require(ContextSecrets.GitHubToken),
        ProbeKey = config.App.ProbeKey is null ? null : () => secrets.Require(ContextSecrets.ProbeKey),
        Bypass = config.Vercel.ProtectionBypass is null ? null : () => secrets.Require(ContextSecrets.ProtectionBypass),
        AdminDatabase = credential => secrets.Require(ContextSecrets.AdminDatabase(credential)),
        AwsKey = config.Aws.Key is null ? null : () => secrets.Require(ContextSecrets.AwsKey),
        JournalDatabase = config.Journal.Database is null ? null : () => secrets.Require(ContextSecrets.JournalDatabase),
    };
}
