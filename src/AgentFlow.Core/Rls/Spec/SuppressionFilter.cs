using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Rls.Checks;

namespace AgentFlow.Rls.Spec;

/// <summary>Turns accepted findings into skipped ones with their reason, until their day; after it they fail again and so does the suppression.</summary>
public static class SuppressionFilter
{
    /// <summary>The results, and at the end one per suppression that is out of date or that nothing needed.</summary>
    public static async IAsyncEnumerable<CheckResult> ApplyAsync(IAsyncEnumerable<CheckResult> results, RlsSpec? spec, CheckRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(run);
        IReadOnlyList<RlsSuppression> suppressions = spec?.Suppressions ?? [];
        DateOnly today = DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime);
        HashSet<RlsSuppression> used = [];
        await foreach (CheckResult result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RlsSuppression? match = result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn ? suppressions.FirstOrDefault(one => one.CheckId == result.CheckId && one.Target == result.Target) : null;
            if (match is not null)
            {
                used.Add(match);
            }

            yield return match is null ? result
                : match.Until >= today ? result with { Outcome = CheckOutcome.Skipped, Reason = $"Accepted until {match.Until:yyyy-MM-dd}: {match.Reason} ({result.Reason})" }
                : result with { Reason = $"{result.Reason} It was accepted until {match.Until:yyyy-MM-dd} only." };
        }

        foreach (RlsSuppression suppression in suppressions)
        {
            string target = $"{suppression.CheckId} {suppression.Target}";
            CheckFinding finding = suppression.Reason is not { Length: > 0 } ? CheckFinding.Fail("The suppression gives no reason.", "a reason", "none", "Write why the finding is accepted, or remove the entry.")
                : suppression.Until < today ? CheckFinding.Fail($"The suppression ended on {suppression.Until:yyyy-MM-dd}.", "in date", "ended", "Correct the finding, or have somebody accept it again with a new day.")
                : used.Contains(suppression) ? CheckFinding.Pass($"In date until {suppression.Until:yyyy-MM-dd}: {suppression.Reason}")
                : CheckFinding.Pass($"In date until {suppression.Until:yyyy-MM-dd}, and nothing in this run needed it.");
            yield return run.Result(RlsChecks.Suppression, target, finding);
        }
    }
}
