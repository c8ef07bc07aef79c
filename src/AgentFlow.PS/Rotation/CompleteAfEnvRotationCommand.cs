using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Takes the old credential away as far as the revocation gate is open: disabled, soaked, deleted, seen to be dead.</summary>
/// <remarks>
/// <para>The gate is computed anew each time; what cannot be read blocks. A record that is still Draining or Quiesced says in Blockers why, and when a blocker ends by itself. There is no way to force it.</para>
/// </remarks>
/// <example><code>Complete-AfEnvRotation session-secret -WhatIf -ErrorAction SilentlyContinue</code>The blockers, without doing anything.</example>
/// <example><code>Get-AfEnvRotation | Where-Object State -in Draining, Quiesced | Complete-AfEnvRotation -WhatIf</code>The same for everything that waits.</example>
[Cmdlet(VerbsLifecycle.Complete, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RotationRecord))]
public sealed class CompleteAfEnvRotationCommand : AfContextCmdlet
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
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, ConfirmTarget, "Disable and revoke the old credential", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.ReadAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(await engine.CompleteAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }
}
