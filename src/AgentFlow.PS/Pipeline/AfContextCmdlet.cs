using System.Management.Automation;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Faults;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>A cmdlet that works within a connected context: the one given, else the session's.</summary>
public abstract class AfContextCmdlet : AfCmdlet
{
    /// <summary>The context to work in; the session's current one by default.</summary>
    [Parameter]
    public AfContext? Context { get; set; }

    /// <summary>The context, or the fault that says how to get one.</summary>
    private protected AfContext RequireContext() => Context ?? Memory.Context ?? throw new AfFaultException(
        FaultKind.InvalidState,
        FaultId.ContextMissing,
        "No application is connected in this session.",
        "Run Connect-AfContext in a folder with agentflow.json, or rehearse with: Start-AfSandbox | Connect-AfContext.");

    /// <summary>The database of a secret reference, else the context's.</summary>
    private protected ValueTask<RlsTarget> DatabaseAsync(string? reference, CancellationToken cancellationToken) => AskPipelineAsync(
        () => RlsTarget.Of(RequireContext, Context ?? Memory.Context, reference, name => VaultReader.Read(this, name), Memory.Redaction), cancellationToken);
}
