using System.Management.Automation;
using System.Security;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Session;

/// <summary>Reads <c>vault:NAME</c> references through SecretManagement's Get-Secret, when that module is there. Runs on the pipeline thread.</summary>
internal static class VaultReader
{
    public static Secret? Read(PSCmdlet cmdlet, string name)
    {
        if (cmdlet.InvokeCommand.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function) is not { } command)
        {
            return null;
        }

        return Ask(cmdlet, command, name) switch
        {
            SecureString secure => Secrets.From(secure),
            PSCredential credential => Secrets.From(credential.Password),
            string text => Secret.FromChars(text),
            _ => null,
        };
    }

    private static object? Ask(PSCmdlet cmdlet, CommandInfo command, string name)
    {
        try
        {
            return cmdlet.InvokeCommand.InvokeScript(
                true,
                ScriptBlock.Create("param($command, $name) & $command -Name $name -ErrorAction Stop"),
                null,
                command,
                name).FirstOrDefault()?.BaseObject;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            // No such entry, a locked vault, a refused prompt: the operator gets our error, which names the entry and the fix.
            return null;
        }
    }
}
