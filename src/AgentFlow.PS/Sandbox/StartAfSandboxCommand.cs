using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Sandbox;

/// <summary>Starts a rehearsal copy of Vercel, GitHub, the app and its database on this machine.</summary>
/// <remarks>
/// <para>One process on 127.0.0.1 plays Vercel, GitHub and the application, with a private PostgreSQL cluster where PostgreSQL is installed. It ends with this session.</para>
/// </remarks>
/// <example><code>Start-AfSandbox -NoDatabase | Connect-AfContext</code>Rehearses against a healthy world.</example>
/// <example><code>$box = Start-AfSandbox missing-env -NoDatabase
/// $box.Scenario
/// $box | Stop-AfSandbox</code>Plays a deployment whose build lacks names, and ends it again.</example>
[Cmdlet(VerbsLifecycle.Start, "AfSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SandboxInfo))]
public sealed class StartAfSandboxCommand : AfCmdlet
{
    /// <summary>What the sandbox plays: healthy (the default), one named fault, or several joined by +.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ScenarioCompleter))]
    [ValidatePattern("^[a-z0-9+-]+$")]
    public string Scenario { get; set; } = "healthy";

    /// <summary>Runs without PostgreSQL; database checks are then skipped.</summary>
    [Parameter]
    public SwitchParameter NoDatabase { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        if (await sink.ShouldProcessAsync($"sandbox '{Scenario}' on 127.0.0.1", "Start", cancellationToken).ConfigureAwait(false))
        {
            await sink.ProgressAsync("Starting the sandbox", Scenario, -1, cancellationToken).ConfigureAwait(false);
            RunningSandbox sandbox = await SandboxLauncher.StartAsync(Scenario, !NoDatabase, RunspaceState.ModuleBase(this), Time, cancellationToken).ConfigureAwait(false);
            Memory.Sandboxes.Add(sandbox);
            await sink.WriteAsync(sandbox.Info, cancellationToken).ConfigureAwait(false);
        }
    }
}
