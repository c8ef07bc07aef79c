using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using AgentFlow.Cmdlets.Reports;
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
        PSCmdlet cmdlet, OnPipeline onPipeline, IOperatorSink sink, AfContext context, CredentialConfig credential, string? confirmTarget, string action, CancellationToken cancellationToken)
    {
        Dictionary<string, object> given = cmdlet.MyInvocation.BoundParameters;
        if (!(given.TryGetValue("WhatIf", out object? whatIf) && whatIf is SwitchParameter { IsPresent: true }))
        {
            bool promptIsOff = given.TryGetValue("Confirm", out object? confirm)
                ? confirm is SwitchParameter { IsPresent: false }
                : await onPipeline(() => cmdlet.GetVariableValue("ConfirmPreference"), cancellationToken).ConfigureAwait(false) is { } preference
                    && LanguagePrimitives.ConvertTo<ConfirmImpact>(preference) == ConfirmImpact.None;
            CredentialBook.RequireTarget(context.Config, confirmTarget, promptIsOff);
        }

        return await sink.ShouldProcessAsync($"{credential.Name} of {context.Config.Name}", action, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an operator gave, known to the redaction from now on.</summary>
    public static Secret? Take(SecureString? given, RunspaceState memory)
    {
        if (given is null)
        {
            return null;
        }

        Secret value = Secrets.From(given);
        memory.Redaction.AddKnown(value);
        return value;
    }

    /// <summary>Shows the card of a held rotation and takes a value without echo. Null when none is needed, given, or can be asked for here.</summary>
    public static async ValueTask<Secret?> AskValueAsync(PSHost host, OnPipeline onPipeline, RotationRecord record, CancellationToken cancellationToken) =>
        record.Hold is { Code: HoldCode.ValueNeeded, Card: { } card }
            ? (Secret?)await onPipeline(() => AskValue(host, record.Credential, card), cancellationToken).ConfigureAwait(false)
            : null;

    private static Secret? AskValue(PSHost host, string credential, string card)
    {
        if (CiSystem.Detect().Kind != CiKind.None || host.UI is not { RawUI: { } screen } ui)
        {
            return null;
        }

        try
        {
            // Throws where the input is no keyboard; what follows throws where the session is not interactive.
            _ = screen.KeyAvailable;
            ui.WriteLine($"A value for {credential} is needed.");
            ui.WriteLine($"  {RunspaceState.Current().Redactor.Text(card)}");
            ui.Write("  Paste it here (it is not shown; Enter alone leaves the rotation held): ");
            using SecureString value = ui.ReadLineAsSecureString();
            return Take(value is { Length: > 0 } ? value : null, RunspaceState.Current());
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NotImplementedException or NotSupportedException)
        {
            return null;
        }
    }
}
