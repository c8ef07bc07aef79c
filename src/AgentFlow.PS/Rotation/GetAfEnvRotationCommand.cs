using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Shows where rotations stand, from the journal alone.</summary>
/// <remarks>
/// <para>-AsTicketText gives the one text about a rotation that is meant for a ticket: ids, times and levels, never a value.</para>
/// </remarks>
/// <example><code>Get-AfEnvRotation</code>The newest rotation of every credential.</example>
/// <example><code>Get-AfEnvRotation -History | Where-Object State -eq Closed</code>What was rotated, and when.</example>
[Cmdlet(VerbsCommon.Get, "AfEnvRotation")]
[OutputType(typeof(RotationRecord), typeof(string))]
public sealed class GetAfEnvRotationCommand : AfContextCmdlet
{
    /// <summary>Only rotations of this credential.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    [Alias("Name")]
    public string? Credential { get; set; }

    /// <summary>All rotations, not only the newest of each credential.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    /// <summary>Text for a ticket in place of records.</summary>
    [Parameter]
    public SwitchParameter AsTicketText { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RotationEngine engine = RequireContext().Composition.Rotation;
        await foreach (RotationRecord record in engine.ListAsync(Credential, History, cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(AsTicketText ? RotationTicket.Format(record) : record, cancellationToken).ConfigureAwait(false);
        }
    }
}
