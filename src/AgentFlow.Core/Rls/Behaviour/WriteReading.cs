using AgentFlow.Rls.Access;

namespace AgentFlow.Rls.Behaviour;

/// <summary>What the answer of a poisoned write means.</summary>
public static class WriteReading
{
    private const string DivisionByZero = "22012";

    /// <summary>The outcome of one probe.</summary>
    public static WriteOutcome Of(RlsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.State switch
        {
            null => answer.Affected > 0 ? WriteOutcome.Passed : WriteOutcome.Hidden,
            _ when answer.InSetup => WriteOutcome.Unclear,
            _ when answer.IsPolicyRefusal => WriteOutcome.Refused,
            "42501" => WriteOutcome.NoPrivilege,
            DivisionByZero or "23502" or "23505" or "23503" or "23P01" => WriteOutcome.Passed,

            // A CHECK comes after the policies; a row that fits no partition comes before them.
            "23514" => answer.Message?.StartsWith("no partition", StringComparison.Ordinal) == true ? WriteOutcome.Unclear : WriteOutcome.Passed,
            _ => WriteOutcome.Unclear,
        };
    }
}
