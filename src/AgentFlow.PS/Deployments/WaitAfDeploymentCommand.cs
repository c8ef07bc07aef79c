using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Waits until deployments are finished and gives them; one that did not become ready is an error.</summary>
/// <example><code>Get-AfDeployment -Target preview -First 1 | Wait-AfDeployment</code>Waits for the newest preview deployment.</example>
/// <example><code>Get-AfDeployment -First 1 | Wait-AfDeployment -TimeoutSeconds 300 | Test-AfDeployment -Check Binding</code>Verifies a deployment as soon as it is there.</example>
[Cmdlet(VerbsLifecycle.Wait, "AfDeployment")]
[OutputType(typeof(Deployment))]
public sealed class WaitAfDeploymentCommand : AfContextCmdlet
{
    /// <summary>Ids (dpl_...) or URLs of deployments.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>How long to wait for each, in seconds; 900 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 900;

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        DeploymentWatch watch = new(context.Composition.Deployments, Time);
        foreach (string id in Id)
        {
            await PerInputAsync(sink, id, () => WaitAsync(sink, selector, watch, id, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(IOperatorSink sink, DeploymentSelector selector, DeploymentWatch watch, string id, CancellationToken cancellationToken)
    {
        Deployment found = await selector.GetOwnAsync(id, cancellationToken).ConfigureAwait(false);
        Deployment deployment = found.IsFinished ? found : await watch.WaitAsync(
            found.Id,
            TimeSpan.FromSeconds(TimeoutSeconds),
            state => sink.ProgressAsync("Waiting for the deployment", $"{state.Id} is {state.State}", -1, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(deployment, cancellationToken).ConfigureAwait(false);
        if (!deployment.IsReady)
        {
            throw new AfFaultException(
                FaultKind.InvalidData, FaultId.DeploymentFailed, $"Deployment {deployment.Id} ended as {deployment.State}{(deployment.ErrorCode is { } code ? $" ({code})" : string.Empty)}.", $"See why: Get-AfBuildLog {deployment.Id}, or the names that it lacks: ... | Find-AfMissingEnv.", deployment.Id);
        }
    }
}
