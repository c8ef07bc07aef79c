using System.Runtime.CompilerServices;
using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.BuildEnv;

/// <summary>A hosting platform in memory, with faults where a test puts them.</summary>
internal sealed class MemoryPlatform : IDeploymentSource, IVariableSource
{
    public List<string> Log { get; } = [];

    /// <summary>Thrown after the log's lines.</summary>
    public AfFaultException? LogFault { get; set; }

    public List<EnvVariable> Own { get; } = [];

    public List<EnvVariable> Shared { get; } = [];

    public AfFaultException? OwnFault { get; set; }

    public AfFaultException? SharedFault { get; set; }

    public bool? ExposesSystemVariables { get; set; } = true;

    public static AfFaultException Fault(FaultKind kind = FaultKind.Unavailable) => new(kind, FaultId.ResourceNotFound, "Vercel is not available.", "Try later.");

    public async IAsyncEnumerable<BuildLogLine> ReadBuildLogAsync(string deploymentId, BuildLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < Log.Count; i++)
        {
            await Task.Yield();
            yield return new() { Index = i, Kind = "stdout", Text = Log[i] };
        }

        if (LogFault is { } fault)
        {
            throw fault;
        }
    }

    public async Task<IReadOnlyList<EnvVariable>> ListAsync(string projectId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return OwnFault is { } fault ? throw fault : Own;
    }

    public async Task<IReadOnlyList<EnvVariable>> ListSharedAsync(string projectId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return SharedFault is { } fault ? throw fault : Shared;
    }

    public Task<HostedProject> GetProjectAsync(string idOrName, CancellationToken cancellationToken) => Task.FromResult(new HostedProject { Id = idOrName, Name = "shop", ExposesSystemVariables = ExposesSystemVariables });

    public IAsyncEnumerable<HostedProject> FindProjectsAsync(string? search, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<ProjectDomain> ListDomainsAsync(string projectId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ProjectDomain?> FindDomainAsync(string projectId, string host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DomainAlias?> FindAliasAsync(string host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Deployment> GetDeploymentAsync(string idOrHost, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<Deployment> ListDeploymentsAsync(DeploymentQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ListAliasesAsync(string deploymentId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
