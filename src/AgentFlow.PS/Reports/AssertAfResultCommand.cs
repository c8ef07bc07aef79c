using System.Management.Automation;
using AgentFlow.Checks.Gate;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Reports;

/// <summary>Turns check results into one verdict, an exit code and, in a CI system, annotations and a job summary.</summary>
/// <remarks>
/// <para>Exit codes: 0 ok, 1 a check failed, 2 a check could not be made, 3 inconclusive, nothing ran or a required check is missing, 4 refused by a guard, 5 a change lock is active, 6 an operator is needed. An empty pipeline is not green.</para>
/// <para>When the code is not 0 the command ends with the error AfResultNotGreen. In GitHub Actions and Azure Pipelines, or with -Exit, it also tells the host to exit with that code; in an interactive session it never closes the shell by itself.</para>
/// <para>Errors of other commands count too: pipe them in from a catch block, or merge the error stream with 2>&amp;1.</para>
/// </remarks>
/// <example><code>Test-AfDeployment -Target preview | Assert-AfResult</code>Verifies the newest preview deployment; a pipeline step fails with an exit code that says why.</example>
/// <example><code>Test-AfRoute -Target preview | Assert-AfResult -Require AFD020 -PassThru</code>Insists that the route check ran, and gives the verdict as an object.</example>
[Cmdlet(VerbsLifecycle.Assert, "AfResult")]
[OutputType(typeof(GateVerdict))]
public sealed class AssertAfResultCommand : AfCmdlet
{
    private readonly List<CheckResult> _results = [];
    private ResultGate? _gate;

    /// <summary>Check results, or error records of commands that could not finish.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Ids of checks that must have run; a missing or skipped one gives exit code 3.</summary>
    [Parameter]
    public string[] Require { get; set; } = [];

    /// <summary>Treats warnings as failures.</summary>
    [Parameter]
    public SwitchParameter FailOnWarning { get; set; }

    /// <summary>Tells the host to exit with the code, also outside a CI system.</summary>
    [Parameter]
    public SwitchParameter Exit { get; set; }

    /// <summary>Gives the verdict also when it is green; otherwise only the error speaks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ResultGate Gate => _gate ??= new(Require, FailOnWarning);

    private protected override Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        switch ((InputObject as PSObject)?.BaseObject ?? InputObject)
        {
            case null:
                break;
            case CheckResult result:
                _results.Add(result);
                Gate.Add(result);
                break;
            case ErrorRecord error:
                Gate.Add(error.FullyQualifiedErrorId?.Split(',')[0], (error.Exception as AfFaultException)?.Kind);
                break;
            case object other:
                throw new AfFaultException(
                    FaultKind.InvalidArgument, FaultId.ResultInvalid, $"A {other.GetType().Name} is not a check result.", "Pipe the output of a Test-Af command; without -Quiet, which gives a bool.");
        }

        return Task.CompletedTask;
    }

    private protected override async Task EndAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        GateVerdict verdict = Gate.Decide();
        CiSystem ci = CiSystem.Detect();
        if (ci.Kind != CiKind.None)
        {
            await AskPipelineAsync(() => ci.Report(Host.UI, _results, verdict, Memory.Redactor), cancellationToken).ConfigureAwait(false);
        }

        if (PassThru)
        {
            await sink.WriteAsync(verdict, cancellationToken).ConfigureAwait(false);
        }

        if (verdict.ExitCode != 0)
        {
            if (Exit || ci.Kind != CiKind.None)
            {
                await AskPipelineAsync(() => { Host.SetShouldExit(verdict.ExitCode); return true; }, cancellationToken).ConfigureAwait(false);
            }

            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.ResultNotGreen, $"{verdict.Reason} (exit code {verdict.ExitCode})", "See the records with: Where-Object Outcome -notin Pass, Skipped | Format-List CheckId, Target, Reason, Remediation.");
        }
    }
}
