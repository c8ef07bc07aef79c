using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Operator;
using AgentFlow.Rotation;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Lists the credentials that the config describes: where they live, how old they are, when they are due, who shares them.</summary>
/// <remarks>
/// <para>Values are compared by a keyed fingerprint whose key lives as long as the command; they are never shown. Sensitive variables cannot be read back, so sharing cannot be seen there.</para>
/// </remarks>
/// <example><code>Get-AfCredential</code>The whole inventory.</example>
/// <example><code>Get-AfCredential | Where-Object Overdue | ForEach-Object { "$($_.Name) is $($_.AgeDays) days old" }</code>What should be rotated first.</example>
[Cmdlet(VerbsCommon.Get, "AfCredential")]
[OutputType(typeof(CredentialRecord))]
public sealed class GetAfCredentialCommand : AfContextCmdlet
{
    /// <summary>Only this credential.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? Name { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        AfContext context = RequireContext();
        IReadOnlyList<CredentialConfig> wanted = Name is null ? context.Config.Credentials : [CredentialBook.Find(context.Config, Name)];
        CredentialInventory inventory = new(context.Composition.RotationPorts());
        await foreach (CredentialRecord record in inventory.ReadAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            Memory.Seen.Add(CredentialCompleter.Kind, record.Name, record.Kind.ToString());
            await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        }
    }
}
