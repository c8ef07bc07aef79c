using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Contexts;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Contexts;

/// <summary>Asks each provider who the context's credential is, and checks scopes, expiry, clock skew and the pinned ids.</summary>
/// <remarks>
/// <para>Checks: AFC001 accepted, AFC002 scopes, AFC003 no more than needed, AFC004 clock, AFC005 expiry, AFC006 pinned project, AFC007 pinned repository, AFC008 pinned account.</para>
/// <para>Asked are Vercel and GitHub, and of Stripe, Supabase, AWS and the database those for which the context holds a credential.</para>
/// </remarks>
/// <example><code>Test-AfContext</code>All providers at once.</example>
/// <example><code>Test-AfContext -Quiet</code>One bool for a script.</example>
[Cmdlet(VerbsDiagnostic.Test, "AfContext")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestAfContextCommand : AfContextCmdlet
{
    /// <summary>Gives exactly one bool: true when nothing failed and something ran.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        ContextProbe probe = new(context.Config, context.Composition.Identities, context.Composition.Deployments, context.Composition.Repositories);
        return CheckWriter.WriteAsync(sink, probe.RunAsync(new(Time), cancellationToken), Quiet, cancellationToken);
    }
}
