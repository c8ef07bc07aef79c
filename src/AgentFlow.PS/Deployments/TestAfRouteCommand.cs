using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Routes;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Deployments;

/// <summary>Checks that the configured routes of a deployment answer and redirect as they should, all at once.</summary>
/// <remarks>
/// <para>Each route is asked at the deployment's own address and, for production, at the alias, without following redirects blindly: loops, redirects that leave the site, error pages with status 200 and pages of deployment protection are recognised, and each answer's build stamp is compared.</para>
/// <para>Checks: AFD020 answer, AFD021 sign-in redirect, AFD022 redirect chain, AFD023 open redirect, AFD024 page, AFD025 alias, AFD026 build, AFD027 freshness, AFD028 upgrade to https, AFD029 unknown addresses.</para>
/// </remarks>
/// <example><code>Test-AfRoute -Target preview</code>All routes of the newest preview deployment.</example>
/// <example><code>Test-AfRoute -Target preview -Path /dashboard | Where-Object Outcome -ne Pass</code>Only the sign-in redirect, and only what is wrong with it.</example>
[Cmdlet(VerbsDiagnostic.Test, "AfRoute")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestAfRouteCommand : AfContextCmdlet
{
    /// <summary>Id (dpl_...) or URL of the deployment; the newest ready one of -Target by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [Alias("Id")]
    public string? Deployment { get; set; }

    /// <summary>Whose newest ready deployment is checked: production (the default) or preview.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string Target { get; set; } = "production";

    /// <summary>Only these routes of the config.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RouteCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Gives exactly one bool: true when nothing failed and something ran.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        DeploymentSelector selector = new(context.Config, context.Composition.Deployments);
        Deployment deployment = await (Deployment is { } id ? selector.GetOwnAsync(id, cancellationToken) : selector.NewestEntryAsync(Target, cancellationToken)).ConfigureAwait(false);
        RouteCheck check = new(context.Config, context.Composition.RouteProbe, context.Composition.Stamps);
        await CheckWriter.WriteAsync(sink, check.RunAsync(new(Time), RouteTarget.For(context.Config, deployment), Path, cancellationToken), Quiet, cancellationToken).ConfigureAwait(false);
    }
}
