using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Goes back to the old credential: enabled, written back, promoted; only then the new one is removed.</summary>
/// <remarks>
/// <para>Possible until the revocation has begun. A lane whose old value could not be read back needs -OldValue.</para>
/// </remarks>
/// <example><code>Undo-AfEnvRotation session-secret -WhatIf -ErrorAction SilentlyContinue</code>Where it stands, without going back.</example>
/// <example><code>Get-AfEnvRotation | Where-Object State -eq Held | Undo-AfEnvRotation -WhatIf</code>What could be undone.</example>
[Cmdlet(VerbsCommon.Undo, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RotationRecord))]
public sealed class UndoAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>The credential's name in agentflow.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string Credential { get; set; } = string.Empty;

    /// <summary>The old value, where the platform did not give it back. An interactive session is asked for it.</summary>
    [Parameter]
    public SecureString? OldValue { get; set; }

    /// <summary>The application's name, to say that it is the one you mean. Mandatory with -Confirm:$false.</summary>
    [Parameter]
    public string? ConfirmTarget { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        CredentialConfig credential = CredentialBook.Find(context.Config, Credential);
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, ConfirmTarget, "Go back to the old credential", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.ReadAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        using Secret? value = RotationConsent.Take(OldValue, Memory);
        RotationRecord record = await engine.UndoAsync(credential, value, cancellationToken).ConfigureAwait(false);
        if (value is null && await RotationConsent.AskValueAsync(Host, AskPipelineAsync, record, cancellationToken).ConfigureAwait(false) is { } given)
        {
            using Secret asked = given;
            record = await engine.UndoAsync(credential, asked, cancellationToken).ConfigureAwait(false);
        }

        await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
    }
}
