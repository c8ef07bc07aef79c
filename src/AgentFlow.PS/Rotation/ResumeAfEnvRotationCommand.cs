using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Goes on with a rotation after a crash, a stop or a hold, after asking the provider what happened.</summary>
/// <remarks>
/// <para>For a write whose answer was lost the provider is asked first: what was done is not done again, and an orphan is adopted if its value can be recovered, else removed.</para>
/// <para>-Regenerate makes another value.</para>
/// </remarks>
/// <example><code>Get-AfEnvRotation | Where-Object State -eq Held | Resume-AfEnvRotation -WhatIf</code>What is held, without going on.</example>
/// <example><code>Resume-AfEnvRotation session-secret -WhatIf -ErrorAction SilentlyContinue</code>Where that rotation stands, if there is one.</example>
[Cmdlet(VerbsLifecycle.Resume, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RotationRecord))]
public sealed class ResumeAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>The credential's name in agentflow.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string Credential { get; set; } = string.Empty;

    /// <summary>Makes another value; what the last one left at the provider is removed.</summary>
    [Parameter]
    public SwitchParameter Regenerate { get; set; }

    /// <summary>What you made at the provider, for kinds that people make. An interactive session is asked for it.</summary>
    [Parameter]
    public SecureString? Value { get; set; }

    /// <summary>The application's name, to say that it is the one you mean. Mandatory with -Confirm:$false.</summary>
    [Parameter]
    public string? ConfirmTarget { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        CredentialConfig credential = CredentialBook.Find(context.Config, Credential);
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, ConfirmTarget, "Go on with the rotation", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.ReadAsync(credential, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        using Secret? value = RotationConsent.Take(Value, Memory);
        RotationRecord record = await engine.ResumeAsync(credential, Regenerate, value, cancellationToken).ConfigureAwait(false);
        if (value is null && await RotationConsent.AskValueAsync(Host, AskPipelineAsync, record, cancellationToken).ConfigureAwait(false) is { } given)
        {
            using Secret asked = given;
            record = await engine.ResumeAsync(credential, false, asked, cancellationToken).ConfigureAwait(false);
        }

        await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
    }
}
