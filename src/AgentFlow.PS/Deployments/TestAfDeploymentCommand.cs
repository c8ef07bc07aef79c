using System.Management.Automation;
using AgentFlow.Checks;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Binding;
using AgentFlow.Deployments.BuildEnv;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Verifies a deployment end to end: binding, build environment, routes and, outside production, one lead.</summary>
/// <remarks>
/// <para>Binding (AFD001-009): the pinned project and repository, a git source, the commit on the expected branch, alias, live stamp, domain owner. BuildEnv (AFD010-012): names missing by the build log and by the config. Route (AFD020-029): see Test-AfRoute. Lead (AFD030-039): see Invoke-AfLeadQualification.</para>
/// <para>All groups run at once and each record is given as soon as it exists. Of a production deployment the lead group is skipped, or refused when it is asked for by name.</para>
/// </remarks>
/// <example><code>Test-AfDeployment -Target preview</code>Everything about the newest preview deployment.</example>
/// <example><code>Test-AfDeployment -Check Binding, Route | Where-Object Outcome -notin Pass, Skipped</code>What is wrong with production.</example>
[Cmdlet(VerbsDiagnostic.Test, "AfDeployment")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestAfDeploymentCommand : AfContextCmdlet
{
    /// <summary>Id (dpl_...) or URL of the deployment; the newest ready one of -Target by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [Alias("Id")]
    public string? Deployment { get; set; }

    /// <summary>Whose newest ready deployment is verified: production (the default) or preview.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string Target { get; set; } = "production";

    /// <summary>Only these groups of checks; all by default.</summary>
    [Parameter]
    public DeploymentCheckGroup[] Check { get; set; } = [];

    /// <summary>Gives exactly one bool: true when nothing failed and something ran.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        Deployment deployment = await (Deployment is { } id ? selector.GetAsync(id, cancellationToken) : selector.NewestAsync(Target, cancellationToken)).ConfigureAwait(false);
        await CheckWriter.WriteAsync(sink, Run(context, new(Time), deployment, cancellationToken), Quiet, cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<CheckResult> Run(AfContext context, CheckRun run, Deployment deployment, CancellationToken cancellationToken)
    {
        AfConfig config = context.Config;
        Composition ports = context.Composition;
        List<Func<CancellationToken, IAsyncEnumerable<CheckResult>>> groups = [];
        if (Wants(DeploymentCheckGroup.Binding))
        {
            groups.Add(token => new BindingCheck(config, ports.Deployments, ports.Repositories, ports.Stamps).RunAsync(run, deployment, token));
        }

        if (Wants(DeploymentCheckGroup.BuildEnv))
        {
            groups.Add(token => new BuildEnvCheck(config, ports.Deployments, ports.Variables).RunAsync(run, deployment, token));
        }

        if (Wants(DeploymentCheckGroup.Route))
        {
            groups.Add(token => new RouteCheck(config, ports.RouteProbe, ports.Stamps).RunAsync(run, RouteTarget.For(config, deployment), null, token));
        }

        if (Wants(DeploymentCheckGroup.Lead))
        {
            groups.Add(token => deployment.IsProduction && Check.Length == 0 ? Skipped(run, deployment) : ports.LeadCheck.RunAsync(run, LeadTarget.For(deployment), token));
        }

        return CheckRun.MergeAsync<CheckResult>(groups, cancellationToken);
    }

    private bool Wants(DeploymentCheckGroup group) => Check.Length == 0 || Check.Contains(group);

    private static async IAsyncEnumerable<CheckResult> Skipped(CheckRun run, Deployment deployment)
    {
        yield return run.Result(LeadChecks.Intake, deployment.Id, CheckFinding.Skipped("No lead is sent through production.", "Verify the preview of the same commit: Test-AfDeployment -Target preview -Check Lead."));
        await Task.CompletedTask.ConfigureAwait(false);
    }
}
