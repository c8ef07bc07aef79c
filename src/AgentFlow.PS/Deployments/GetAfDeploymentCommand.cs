using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Lists the deployments of the pinned project, newest first, or gives the named ones.</summary>
/// <example><code>Get-AfDeployment -Target production -First 3</code>The last three production deployments.</example>
/// <example><code>Get-AfDeployment -State ERROR | Get-AfBuildLog | Find-AfMissingEnv</code>Which names were missing in the builds that failed.</example>
[Cmdlet(VerbsCommon.Get, "AfDeployment", DefaultParameterSetName = "List")]
[OutputType(typeof(Deployment))]
public sealed class GetAfDeploymentCommand : AfContextCmdlet
{
    /// <summary>Ids (dpl_...) or URLs of deployments.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [Alias("Url")]
    public string[] Id { get; set; } = [];

    /// <summary>Only deployments of this target: production, preview, or a custom environment.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string? Target { get; set; }

    /// <summary>Only deployments in one of these states.</summary>
    [Parameter(ParameterSetName = "List")]
    [ArgumentCompleter(typeof(DeploymentStateCompleter))]
    public string[] State { get; set; } = [];

    /// <summary>Only deployments of this branch.</summary>
    [Parameter(ParameterSetName = "List")]
    public string? Branch { get; set; }

    /// <summary>Only deployments of this commit (full SHA).</summary>
    [Parameter(ParameterSetName = "List")]
    public string? Commit { get; set; }

    /// <summary>Only deployments made since then.</summary>
    [Parameter(ParameterSetName = "List")]
    public DateTimeOffset? Since { get; set; }

    /// <summary>How many at the most; 20 by default.</summary>
    [Parameter(ParameterSetName = "List")]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 20;

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        if (ParameterSetName == "List")
        {
            await foreach (Deployment deployment in context.Composition.Deployments.ListDeploymentsAsync(Query(selector.ProjectId), cancellationToken).ConfigureAwait(false))
            {
                await WriteAsync(sink, deployment, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (string id in Id)
        {
            await PerInputAsync(sink, id, async () => await WriteAsync(sink, await selector.GetOwnAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private DeploymentQuery Query(string projectId) => new()
    {
        ProjectId = projectId,
        Target = Target,
        States = [.. State.Select(state => state.ToUpperInvariant())],
        Branch = Branch,
        CommitSha = Commit,
        Since = Since,
        Most = First,
    };

    private ValueTask WriteAsync(IOperatorSink sink, Deployment deployment, CancellationToken cancellationToken)
    {
        Memory.Seen.Add(DeploymentCompleter.Kind, deployment.Id, $"{deployment.Target} {deployment.State} {deployment.CreatedAt:u}");
        return sink.WriteAsync(deployment, cancellationToken);
    }
}
