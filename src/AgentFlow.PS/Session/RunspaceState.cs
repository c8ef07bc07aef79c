using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Session;

/// <summary>What one runspace remembers between commands. Keyed weakly, so that ForEach-Object -Parallel and background runspaces stay apart and nothing leaks.</summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> s_states = new();

    private RunspaceState() => Redactor = new(Redaction.Redact);

    /// <summary>The session's redaction engine with its known values.</summary>
    public RedactionSession Redaction { get; } = new(RedactionRules.Default);

    /// <summary>The gate that output passes.</summary>
    public RecordRedactor Redactor { get; }

    /// <summary>The clock of this runspace.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The connected application, if any.</summary>
    public AfContext? Context { get; set; }

    /// <summary>Names seen by earlier commands, for completion without a network call.</summary>
    public SeenNames Seen { get; } = new();

    /// <summary>Sandboxes started from this runspace.</summary>
    public List<RunningSandbox> Sandboxes { get; } = [];

    /// <summary>The folder of the imported module, where the sandbox and the schema are.</summary>
    public static string ModuleBase(PSCmdlet cmdlet) => cmdlet.MyInvocation.MyCommand.Module?.ModuleBase ?? Path.GetDirectoryName(typeof(RunspaceState).Assembly.Location)!;

    /// <summary>Drops a sandbox that has been stopped.</summary>
    public void Forget(RunningSandbox sandbox)
    {
        Sandboxes.Remove(sandbox);
        sandbox.Dispose();
    }

    /// <summary>The state of the runspace that runs on this thread.</summary>
    public static RunspaceState Current() => s_states.GetValue(Runspace.DefaultRunspace, static _ => new());
}
