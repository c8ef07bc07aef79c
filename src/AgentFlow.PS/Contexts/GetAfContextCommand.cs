using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Contexts;

/// <summary>Gives the session's current application.</summary>
/// <example><code>Get-AfContext</code>Shows which application the commands of this session work on.</example>
/// <example><code>(Get-AfContext).Config.Routes | ForEach-Object Path</code>Lists the routes that the config expects.</example>
[Cmdlet(VerbsCommon.Get, "AfContext")]
[OutputType(typeof(AfContext))]
public sealed class GetAfContextCommand : AfContextCmdlet
{
    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken) =>
        await sink.WriteAsync(RequireContext(), cancellationToken).ConfigureAwait(false);
}
