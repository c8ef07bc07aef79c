using System.Management.Automation;
using AgentFlow.Operator;
using AgentFlow.Rotation;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Cmdlets.Rotation;

/// <summary>The procedure as one command uses it: with the session's vault and a progress bar.</summary>
internal static class RotationEngines
{
    private const int ForwardStates = (int)RotationState.Closed;

    public static async ValueTask<RotationEngine> ForAsync(PSCmdlet cmdlet, OnPipeline onPipeline, IOperatorSink sink, AfContext context, CancellationToken cancellationToken)
    {
        RotationPorts ports = context.Composition.RotationPorts();
        ISealedSlot slot = await VaultSlot.ChooseAsync(cmdlet, onPipeline, ports.Slot, cancellationToken).ConfigureAwait(false);
        return new(ports with { Slot = slot, Watch = (record, doing) => ShowAsync(sink, record, doing, cancellationToken) }, new());
    }

    private static async Task ShowAsync(IOperatorSink sink, RotationRecord record, string doing, CancellationToken cancellationToken)
    {
        try
        {
            int percent = record.ResumeState > RotationState.Closed ? -1 : (int)record.ResumeState * 100 / ForwardStates;
            await sink.ProgressAsync($"{record.Credential}, {record.RotationId}", doing, percent, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A screen that is gone must not come between a write and its record.
        }
    }
}
