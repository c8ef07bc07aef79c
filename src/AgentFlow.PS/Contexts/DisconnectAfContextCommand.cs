using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Contexts;

/// <summary>Forgets the session's current application and closes its connections. Its secrets stay known to the redaction engine.</summary>
/// <example><code>Disconnect-AfContext</code>Ends work on the current application.</example>
/// <example><code>$other = Connect-AfContext (Get-AfContext).ConfigPath -NoDefault
/// Disconnect-AfContext -Context $other</code>Closes another context and leaves the current one.</example>
[Cmdlet(VerbsCommunications.Disconnect, "AfContext")]
[OutputType(typeof(void))]
public sealed class DisconnectAfContextCommand : AfContextCmdlet
{
    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        await context.Composition.DisposeAsync().ConfigureAwait(false);
        if (ReferenceEquals(Memory.Context, context))
        {
            Memory.Context = null;
        }
    }
}
