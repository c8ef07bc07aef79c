namespace AgentFlow.Operator;

/// <summary>How a procedure talks to the operator. Everything that passes is redacted on its way out; a call may wait while the reader is slow.</summary>
public interface IOperatorSink
{
    /// <summary>Emits one output record.</summary>
    ValueTask WriteAsync(object record, CancellationToken cancellationToken);

    /// <summary>Emits a non-terminating error; the procedure goes on with the next input.</summary>
    ValueTask FaultAsync(Faults.AfFaultException fault, object? target, CancellationToken cancellationToken);

    /// <summary>Emits a warning.</summary>
    ValueTask WarnAsync(string message, CancellationToken cancellationToken);

    /// <summary>Emits detail for -Verbose.</summary>
    ValueTask DetailAsync(string message, CancellationToken cancellationToken);

    /// <summary>Reports progress; shown only after half a second and at most five times a second.</summary>
    ValueTask ProgressAsync(string activity, string status, int percent, CancellationToken cancellationToken);

    /// <summary>Asks ShouldProcess for one write to the outside; false under -WhatIf or when declined.</summary>
    ValueTask<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken);
}
