namespace AgentFlow.Rls.Tracing;

/// <summary>Numbers the steps of one decision and remembers where it was denied first.</summary>
internal sealed class RlsLadder(RlsTraceRequest request)
{
    private int _count;

    /// <summary>The first rung that ends the request.</summary>
    public RlsDecisionStep? Denied { get; private set; }

    /// <summary>The first rung about which nobody can say anything, after which "allowed" would be a guess.</summary>
    public RlsDecisionStep? Open { get; private set; }

    public RlsDecisionStep Add(RlsStepKind kind, RlsStepOutcome outcome, string target, string reason, string? fix = null, string? expression = null)
    {
        RlsDecisionStep step = new()
        {
            Number = ++_count, Step = kind, Outcome = outcome, Target = target, Reason = reason, Fix = fix, Expression = expression,
            Table = request.Table.FullName, Operation = request.Operation, Caller = request.Caller,
        };
        if (outcome == RlsStepOutcome.Deny && kind != RlsStepKind.Verdict)
        {
            Denied ??= step;
        }

        // What the API offers is asked by the API, not by PostgreSQL: not knowing it leaves the decision about the row whole.
        if (outcome == RlsStepOutcome.Unknown && kind is RlsStepKind.Using or RlsStepKind.WithCheck or RlsStepKind.Observed)
        {
            Open ??= step;
        }

        return step;
    }
}
