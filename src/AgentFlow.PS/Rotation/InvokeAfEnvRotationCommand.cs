using System.Management.Automation;
using System.Security;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Rotates a credential up to Draining: a new one is made, written, built, promoted and proven; the old one keeps working.</summary>
/// <remarks>
/// <para>With -WhatIf everything is read and the plan is given as a record; nothing is written anywhere. -Plan applies exactly a reviewed plan and refuses one whose ground has changed.</para>
/// <para>The old credential is never revoked by this command: Complete-AfEnvRotation does that, behind its gate. A record in state Held says in Hold what an operator does next; see about_AgentFlow_Rotation.</para>
/// </remarks>
/// <example><code>Invoke-AfEnvRotation session-secret -WhatIf</code>The plan: lanes, steps, blockers and notes.</example>
/// <example><code>$plan = Invoke-AfEnvRotation session-secret -WhatIf; $plan.Blockers</code>What stands in the way now.</example>
[Cmdlet(VerbsLifecycle.Invoke, "AfEnvRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RotationRecord), typeof(RotationPlan))]
public sealed class InvokeAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>The credential's name in agentflow.json.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string Credential { get; set; } = string.Empty;

    /// <summary>A plan that -WhatIf gave and that you have reviewed.</summary>
    [Parameter(ValueFromPipeline = true)]
    public RotationPlan? Plan { get; set; }

    /// <summary>The old credential is known to others: it is disabled first where that is possible, and blockers that only wait become warnings.</summary>
    [Parameter]
    public SwitchParameter Compromised { get; set; }

    /// <summary>What you made at the provider, for kinds that people make. An interactive session is asked for it; any other ends Held and says what to do.</summary>
    [Parameter]
    public SecureString? Value { get; set; }

    /// <summary>The application's name, to say that it is the one you mean. Mandatory with -Confirm:$false.</summary>
    [Parameter]
    public string? ConfirmTarget { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        CredentialConfig credential = CredentialBook.Find(context.Config, Credential);
        if (!await RotationConsent.AskAsync(this, AskPipelineAsync, sink, context, credential, ConfirmTarget, "Rotate up to Draining", cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(await context.Composition.Rotation.PlanAsync(credential, Compromised, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return;
        }

        RotationEngine engine = await RotationEngines.ForAsync(this, AskPipelineAsync, sink, context, cancellationToken).ConfigureAwait(false);
        using Secret? value = RotationConsent.Take(Value, Memory);
        RotationRecord record = await engine.StartAsync(credential, Plan, Compromised, value, cancellationToken).ConfigureAwait(false);
        if (value is null && await RotationConsent.AskValueAsync(Host, AskPipelineAsync, record, cancellationToken).ConfigureAwait(false) is { } given)
        {
            using Secret asked = given;
            record = await engine.ResumeAsync(credential, false, asked, cancellationToken).ConfigureAwait(false);
        }

        await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
    }
}
