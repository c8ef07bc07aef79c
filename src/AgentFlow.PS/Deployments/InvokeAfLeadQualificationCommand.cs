using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Lead;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Sends one synthetic lead through a non-production deployment, confirms what became of it and removes it.</summary>
/// <remarks>
/// <para>Waits for the lead row, a qualification in a final state, the usage counter exactly one higher, an audit event with actor and tenant and each configured integration, and checks that another tenant sees none of it. Only rows tagged with this run's correlation id are removed, also after Ctrl+C.</para>
/// <para>Refuses production: the deployment's target and the database must both say that they are not production. There is no -Force. A second run within a minute reuses the idempotency key.</para>
/// </remarks>
/// <example><code>Invoke-AfLeadQualification</code>One lead through the newest preview deployment.</example>
/// <example><code>(Invoke-AfLeadQualification -Target preview).Checks | Where-Object Outcome -ne Pass</code>Only what was not as expected.</example>
[Cmdlet(VerbsLifecycle.Invoke, "AfLeadQualification", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(LeadQualification))]
public sealed class InvokeAfLeadQualificationCommand : AfContextCmdlet
{
    /// <summary>Id (dpl_...) or URL of the deployment; the newest ready one of -Target by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [Alias("Id")]
    public string? Deployment { get; set; }

    /// <summary>Whose newest ready deployment is used; preview by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string Target { get; set; } = "preview";

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        Deployment deployment = await (Deployment is { } id ? selector.GetOwnAsync(id, cancellationToken) : selector.NewestEntryAsync(Target, cancellationToken)).ConfigureAwait(false);
        LeadCheck check = context.Composition.LeadCheck;
        LeadTarget target = LeadTarget.For(deployment);
        LeadQualification result = await sink.ShouldProcessAsync(target.Origin.ToString(), "Send one synthetic lead", cancellationToken).ConfigureAwait(false)
            ? await check.InvokeAsync(
                new(Time),
                target,
                (done, token) => sink.ProgressAsync("Qualifying one lead", $"{done.Title}: {done.Outcome}", -1, token),
                cancellationToken).ConfigureAwait(false)
            : await check.PlanAsync(new(Time), target, cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(result, cancellationToken).ConfigureAwait(false);
    }
}
