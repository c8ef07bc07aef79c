using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>The questions that a rotation asks its operator.</summary>
internal static class RotationConsent
{
    /// <summary>False under -WhatIf or when declined. Without a prompt the target must be named.</summary>
    public static async Task<bool> AskAsync(
        PSCmdlet cmdlet, IOperatorSink sink, AfContext context, CredentialConfig credential, string? confirmTarget, string action, CancellationToken cancellationToken)
    {
        bool whatIf = cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) && given is SwitchParameter { IsPresent: true };
        bool promptIsOff = !whatIf && cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && confirm is SwitchParameter { IsPresent: false };
        if (!whatIf)
        {
            CredentialBook.RequireTarget(context.Config, confirmTarget, promptIsOff);
        }

        return await sink.ShouldProcessAsync($"{credential.Name} of {context.Config.Name}", action, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows the card and takes a value without echo; null where the host cannot ask.</summary>
    public static Secret? AskValue(PSHost host, RotationHold hold)
    {
        try
        {
            if (host.UI is not { } screen)
            {
                return null;
            }

            screen.WriteLine(hold.Todo);
            using SecureString value = screen.ReadLineAsSecureString();
            return value is { Length: > 0 } ? Secrets.From(value) : null;
        }
        catch (Exception exception) when (exception is HostException or PSInvalidOperationException or PSNotImplementedException or NotImplementedException)
        {
            return null;
        }
    }
}
