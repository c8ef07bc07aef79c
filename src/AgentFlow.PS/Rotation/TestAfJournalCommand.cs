using System.Management.Automation;
using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Journal;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>Verifies the journal's hash chain (AFJ001, one record a stream) and names the first bad entry.</summary>
/// <remarks>
/// <para>The chain makes tampering evident, it does not prevent it: who can rewrite the whole store can rewrite all of it but the anchors that you keep outside.</para>
/// </remarks>
/// <example><code>Test-AfJournal</code>Every stream.</example>
/// <example><code>$anchors = Get-AfJournal -Head; Test-AfJournal -Anchor $anchors</code>Also against heads that were kept.</example>
[Cmdlet(VerbsDiagnostic.Test, "AfJournal")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestAfJournalCommand : AfContextCmdlet
{
    /// <summary>Only this stream; all by default.</summary>
    [Parameter(Position = 0)]
    public string? Stream { get; set; }

    /// <summary>Heads that Get-AfJournal -Head gave earlier and that were kept outside; of an empty journal there are none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public JournalHead[]? Anchor { get; set; }

    /// <summary>Gives exactly one bool: true when nothing failed and something ran.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken) =>
        CheckWriter.WriteAsync(sink, RunAsync(RequireContext().Composition.Journal, cancellationToken), Quiet, cancellationToken);

    private async IAsyncEnumerable<CheckResult> RunAsync(IJournalStore journal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckRun run = new(Time);
        IReadOnlyList<JournalHead> anchors = Anchor ?? [];
        IEnumerable<string> known = await journal.ReadStreamsAsync(cancellationToken).ConfigureAwait(false);
        string[] streams = [.. known.Union(anchors.Select(anchor => anchor.Stream)).Where(stream => Stream is null || stream == Stream).Order(StringComparer.Ordinal)];
        if (streams.Length == 0)
        {
            yield return run.Result(JournalChecks.Chain, Stream ?? "journal", CheckFinding.Skipped("The journal holds no entry of it yet.", "Nothing to do; a rotation writes the first one."));
        }

        foreach (string stream in streams)
        {
            yield return await run.RunAsync(JournalChecks.Chain, stream, async token => Finding(await JournalVerifier.VerifyAsync(journal, stream, anchors, token).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        }
    }

    private static CheckFinding Finding(JournalVerification verification) => verification.Valid
        ? CheckFinding.Pass(verification.Reason)
        : CheckFinding.Fail(
            verification.Reason,
            "an unbroken chain",
            $"entry {verification.FirstBadSequence} is the first bad one",
            "Keep a copy of the store as evidence, compare it with a backup, and treat what it says after that entry as unknown.");
}
