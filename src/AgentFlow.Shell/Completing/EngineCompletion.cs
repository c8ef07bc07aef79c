using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AgentFlow.Shell.LineEditing;

namespace AgentFlow.Shell.Completing;

/// <summary>Asks the engine's own completion.</summary>
internal sealed class EngineCompletion(Runspace runspace) : ICompletionSource
{
    /// <inheritdoc/>
    public Completions? Complete(string text, int cursor)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        CommandInvocationIntrinsics commands = runspace.SessionStateProxy.InvokeCommand;
        EventHandler<CommandLookupEventArgs>? own = commands.PreCommandLookupAction;
        CommandCompletion found;
        try
        {
            commands.PreCommandLookupAction = StandIns.OnLookup;
            found = CommandCompletion.CompleteInput(text, cursor, options: null, shell);
        }
        catch (RuntimeException)
        {
            // A completer that fails is no reason to disturb the line being typed.
            return null;
        }
        finally
        {
            commands.PreCommandLookupAction = own;
        }

        return found.CompletionMatches.Count == 0
            ? null
            : new()
            {
                Start = found.ReplacementIndex,
                Length = found.ReplacementLength,
                Candidates = [.. found.CompletionMatches.Select(static match => (match.CompletionText, match.ListItemText))],
            };
    }
}
