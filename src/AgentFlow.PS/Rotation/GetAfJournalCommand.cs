using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Journal;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Reads the append-only journal, entry by entry, or its heads.</summary>
/// <remarks>
/// <para>A head that is kept outside the store is an anchor: give it to Test-AfJournal -Anchor later, and a rewritten or cut journal shows.</para>
/// </remarks>
/// <example><code>Get-AfJournal -Head</code>The last entry of every stream.</example>
/// <example><code>Get-AfJournal -Head | Get-AfJournal | Where-Object Type -eq call.intent</code>The entries behind them, here each outside call that was about to be made.</example>
[Cmdlet(VerbsCommon.Get, "AfJournal")]
[OutputType(typeof(JournalEntry), typeof(JournalHead))]
public sealed class GetAfJournalCommand : AfContextCmdlet
{
    /// <summary>Only this stream, for example rotation/session-secret; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Stream { get; set; }

    /// <summary>Heads in place of entries.</summary>
    [Parameter]
    public SwitchParameter Head { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        IJournalStore journal = RequireContext().Composition.Journal;
        foreach (JournalHead head in await journal.ReadHeadsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Stream is not null && head.Stream != Stream)
            {
                continue;
            }

            if (Head)
            {
                await sink.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await foreach (JournalEntry entry in journal.ReadAsync(head.Stream, 0, cancellationToken).ConfigureAwait(false))
            {
                await sink.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
