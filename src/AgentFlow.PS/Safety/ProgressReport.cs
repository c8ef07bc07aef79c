using AgentFlow.Operator;

namespace AgentFlow.Cmdlets.Safety;

/// <summary>Progress out of a callback that cannot await.</summary>
internal static class ProgressReport
{
    public static void Post(IOperatorSink sink, string activity, string status, int percent, CancellationToken cancellationToken)
    {
        ValueTask said = sink.ProgressAsync(activity, status, percent, cancellationToken);
        if (!said.IsCompletedSuccessfully)
        {
            said.AsTask().GetAwaiter().GetResult();
        }
    }
}
