using AgentFlow.Faults;
using AgentFlow.Operator;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>Takes everything and agrees to nothing.</summary>
internal sealed class SilentOperator : IOperatorSink
{
    public ValueTask WriteAsync(object record, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask FaultAsync(AfFaultException fault, object? target, CancellationToken cancellationToken) => ValueTask.FromException(fault);

    public ValueTask WarnAsync(string message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DetailAsync(string message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ProgressAsync(string activity, string status, int percent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<bool> ShouldProcessAsync(string target, string action, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
