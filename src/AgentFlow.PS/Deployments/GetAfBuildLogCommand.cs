using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Streams the build log of deployments, line by line, redacted.</summary>
/// <example><code>Get-AfDeployment -Target preview -First 1 | Get-AfBuildLog</code>The log of the newest preview build.</example>
/// <example><code>Get-AfDeployment -First 1 | Get-AfBuildLog | Where-Object Level -eq error</code>Only what the platform marks as an error.</example>
[Cmdlet(VerbsCommon.Get, "AfBuildLog")]
[OutputType(typeof(BuildLogLine))]
public sealed class GetAfBuildLogCommand : AfContextCmdlet
{
    /// <summary>Ids (dpl_...) or URLs of deployments.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Only lines since then.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Goes on with the lines of a build that still runs, until it ends.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        BuildLogQuery query = new() { Since = Since, Follow = Follow };
        foreach (string id in Id)
        {
            await PerInputAsync(
                sink,
                id,
                async () =>
                {
                    Deployment deployment = await selector.GetOwnAsync(id, cancellationToken).ConfigureAwait(false);
                    await foreach (BuildLogLine line in context.Composition.Deployments.ReadBuildLogAsync(deployment.Id, query, cancellationToken).ConfigureAwait(false))
                    {
                        await sink.WriteAsync(line, cancellationToken).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
