using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Sandbox;

/// <summary>Stops sandboxes that this session started: the given one, or all.</summary>
/// <example><code>$box = Start-AfSandbox -NoDatabase
/// $box | Stop-AfSandbox</code>Stops one sandbox.</example>
/// <example><code>Stop-AfSandbox -WhatIf</code>Shows which sandboxes would be stopped.</example>
[Cmdlet(VerbsLifecycle.Stop, "AfSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class StopAfSandboxCommand : AfCmdlet
{
    /// <summary>Process ids, as Start-AfSandbox gives them; all sandboxes of this session by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public int[]? Id { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        foreach (RunningSandbox sandbox in Memory.Sandboxes.Where(sandbox => Id is null || Id.Contains(sandbox.Info.Id)).ToArray())
        {
            if (await sink.ShouldProcessAsync($"sandbox {sandbox.Info.Id} ({sandbox.Info.Scenario})", "Stop", cancellationToken).ConfigureAwait(false))
            {
                await sandbox.StopAsync(Time, cancellationToken).ConfigureAwait(false);
                Memory.Forget(sandbox);
            }
        }
    }
}
