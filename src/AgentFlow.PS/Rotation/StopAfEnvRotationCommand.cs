using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Gives a rotation up where it stands and lists what stays behind.</summary>
/// <remarks>
/// <para>Nothing is removed outside; Leftovers names every credential, lane and deployment to look after. The sealed value is destroyed.</para>
/// </remarks>
/// <example><code>Stop-AfEnvRotation session-secret -WhatIf -ErrorAction SilentlyContinue</code>Where it stands, without giving it up.</example>
/// <example><code>Get-AfEnvRotation | Where-Object State -eq Held | Stop-AfEnvRotation -WhatIf</code>What could be given up.</example>
[Cmdlet(VerbsLifecycle.Stop, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RotationRecord))]
public sealed class StopAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>The credential's name in agentflow.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string Credential { get; set; } = string.Empty;

    /// <summary>The application's name, to say that it is the one you mean. Mandatory with -Confirm:$false.</summary>
    [Parameter]
    public string? ConfirmTarget { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        CredentialConfig credential = CredentialBook.Find(context.Config, Credential);
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, ConfirmTarget, "Give the rotation up", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.ReadAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(await engine.StopAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }
}
