using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Looks again at what is proven about a rotation, and takes your word for a revocation that only a person can make.</summary>
/// <remarks>
/// <para>Gives the record with its proof level (L0 written, L1 deployed, L2 boots, L3 same value, L4 old unused, L5 old dead) and with every blocker of the revocation gate.</para>
/// </remarks>
/// <example><code>Confirm-AfEnvRotation session-secret -WhatIf -ErrorAction SilentlyContinue</code>Where it stands, without a new entry in the journal.</example>
/// <example><code>Get-AfEnvRotation | Where-Object State -eq Draining | Confirm-AfEnvRotation -WhatIf</code>The blockers of everything that drains.</example>
[Cmdlet(VerbsLifecycle.Confirm, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RotationRecord))]
public sealed class ConfirmAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>The credential's name in agentflow.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string Credential { get; set; } = string.Empty;

    /// <summary>You revoked the old credential at its provider.</summary>
    [Parameter]
    public SwitchParameter OldRevoked { get; set; }

    /// <summary>Where that can be seen: a link or an event id; never a value.</summary>
    [Parameter]
    public string? Evidence { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        CredentialConfig credential = CredentialBook.Find(context.Config, Credential);
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, context.Config.Name, "Record what is proven", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.ReadAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(await engine.ConfirmAsync(credential, OldRevoked, Evidence, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }
}
