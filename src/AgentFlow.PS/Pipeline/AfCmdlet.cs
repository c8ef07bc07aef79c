using System.Management.Automation;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>
/// The base of every cmdlet: runs its asynchronous steps beside the pipeline thread, stops them on Ctrl+C, turns faults into
/// ErrorRecords and redacts all that leaves. A leaf overrides the steps it needs and never touches the streams itself.
/// </summary>
public abstract class AfCmdlet : PSCmdlet, IDisposable
{
    // Long enough for a step to reach its next journalled point or to clean up; then it is abandoned.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private RunspaceState? _state;
    private PipelineBridge? _bridge;

    /// <summary>What this session remembers between commands.</summary>
    private protected RunspaceState Memory => _state ??= RunspaceState.Current();

    /// <summary>The clock; a test may replace it per runspace.</summary>
    private protected TimeProvider Time => Memory.Time;

    /// <summary>True for a command after whose failure a script must not go on with what was there before.</summary>
    private protected virtual bool EndsOnFault => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs once before the first input object; a fault here ends the command.</summary>
    private protected virtual Task BeginAsync(IOperatorSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs for every input object.</summary>
    private protected virtual Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs once after the last input object.</summary>
    private protected virtual Task EndAsync(IOperatorSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs the work for one of several input objects: a fault of that object is written and the next one goes on.</summary>
    private protected static async Task PerInputAsync(IOperatorSink sink, object input, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (AfFaultException fault) when (!ErrorRecords.IsTerminating(fault.Kind))
        {
            await sink.FaultAsync(fault, input, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a piece of engine work (another module's command, the session state) on the pipeline thread.</summary>
    private protected ValueTask<T> AskPipelineAsync<T>(Func<T> question, CancellationToken cancellationToken) => _bridge!.AskAsync(question, cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing() => Run(BeginAsync, alwaysTerminate: true);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(ProcessAsync, alwaysTerminate: EndsOnFault);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(EndAsync, alwaysTerminate: false);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Frees the stop source.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private void Run(Func<IOperatorSink, CancellationToken, Task> step, bool alwaysTerminate)
    {
        RecordRedactor redactor = Memory.Redactor;
        using PipelineBridge bridge = new(s_grace, _stop.Token);
        _bridge = bridge;
        PipelineSink sink = new(this, bridge, redactor, new(Time));
        try
        {
            bridge.Run(token => step(sink, token));
        }
        catch (AfFaultException fault)
        {
            Fail(fault, redactor, alwaysTerminate || ErrorRecords.IsTerminating(fault.Kind));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (!IsFlowControl(exception))
        {
            Fail(ErrorRecords.Unforeseen(exception), redactor, terminate: true);
        }
        finally
        {
            sink.CompleteProgress();
        }
    }

    private void Fail(AfFaultException fault, RecordRedactor redactor, bool terminate)
    {
        ErrorRecord error = ErrorRecords.From(fault, target: null, redactor.Text);
        if (terminate)
        {
            ThrowTerminatingError(error);
        }

        WriteError(error);
    }

    // What the engine itself throws through a command (stop, -ErrorAction Stop, break) must reach the engine unchanged.
    private static bool IsFlowControl(Exception exception) => exception is RuntimeException or PipelineStoppedException
        || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;
}
