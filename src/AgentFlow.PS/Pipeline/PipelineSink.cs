using System.Management.Automation;
using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>The single gate: whatever a procedure says to the operator passes here and is redacted.</summary>
internal sealed class PipelineSink(AfCmdlet cmdlet, PipelineBridge bridge, RecordRedactor redactor, ProgressGate gate) : IOperatorSink
{
    // Engine progress ids only need to differ between commands that run at once in one pipeline.
    private readonly int _progressId = Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    public ValueTask WriteAsync(object record, CancellationToken cancellationToken)
    {
        object clean = redactor.Redact(record);
        return bridge.PostAsync(() => cmdlet.WriteObject(clean), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask FaultAsync(AfFaultException fault, object? target, CancellationToken cancellationToken)
    {
        ErrorRecord error = ErrorRecords.From(fault, Target(target), redactor.Text);
        return bridge.PostAsync(() => cmdlet.WriteError(error), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask WarnAsync(string message, CancellationToken cancellationToken)
    {
        string clean = redactor.Text(message);
        return bridge.PostAsync(() => cmdlet.WriteWarning(clean), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DetailAsync(string message, CancellationToken cancellationToken)
    {
        string clean = redactor.Text(message);
        return bridge.PostAsync(() => cmdlet.WriteVerbose(clean), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ProgressAsync(string activity, string status, int percent, CancellationToken cancellationToken)
    {
        if (!gate.Admit())
        {
            return ValueTask.CompletedTask;
        }

        ProgressRecord record = new(_progressId, redactor.Text(activity), redactor.Text(status)) { PercentComplete = Math.Clamp(percent, -1, 100) };
        return bridge.PostAsync(() => cmdlet.WriteProgress(record), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken)
    {
        string cleanTarget = redactor.Text(target);
        string cleanAction = redactor.Text(action);
        return bridge.AskAsync(() => cmdlet.ShouldProcess(cleanTarget, cleanAction), cancellationToken);
    }

    /// <summary>Closes the progress bar if one was shown; called on the pipeline thread.</summary>
    public void CompleteProgress()
    {
        if (gate.Shown)
        {
            cmdlet.WriteProgress(new(_progressId, "Done", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    // An object of note properties says itself as text; redacting a copy of it would change what it is.
    private object? Target(object? target) => (target as PSObject)?.BaseObject switch
    {
        null => target is null ? null : redactor.Redact(target),
        PSCustomObject => redactor.Text(target.ToString() ?? string.Empty),
        object inner => redactor.Redact(inner),
    };
}
