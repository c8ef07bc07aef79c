using System.Runtime.CompilerServices;
using AgentFlow.Checks;
using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Checks;

namespace AgentFlow.Rls.Data;

/// <summary>The layer that looks at rows as the login.</summary>
/// <param name="world">The database.</param>
/// <param name="truths">The counts.</param>
/// <param name="uncounted">Why there are none; null when there are.</param>
public sealed class DataLayer(RlsWorld world, IReadOnlyList<TruthTable> truths, AfFaultException? uncounted = null)
{
    private static readonly IReadOnlyList<CheckDefinition> s_checks = [RlsChecks.NullTenant, RlsChecks.Orphan, RlsChecks.ParentMismatch, RlsChecks.PublicBucket];

    /// <summary>Streams its records.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync(RlsReport report, IRlsSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!world.Facts.BypassesRls)
        {
            foreach (CheckResult result in report.Skip(s_checks, $"The login {world.Facts.User} is itself limited by policies, so it cannot count the truth; connect as a role with BYPASSRLS."))
            {
                yield return result;
            }

            yield break;
        }

        if (uncounted is not null)
        {
            foreach (CheckResult result in report.Break(s_checks, "Counting rows", uncounted))
            {
                yield return result;
            }

            yield break;
        }

        DataChecks checks = new(world.Scene);
        foreach (TruthTable unread in truths.Where(truth => truth.Error is not null))
        {
            yield return report.Say(RlsChecks.Layer, new CheckFinding { Outcome = CheckOutcome.Error, Reason = $"The rows of {unread.Relation.FullName} could not be counted: {unread.Error}.", Remediation = $"Let {world.Facts.User} read {unread.Relation.FullName}." });
        }

        string counted = $"Counted {truths.Where(truth => truth.IsExact).Sum(truth => truth.Total)} rows of {truths.Count(truth => truth.IsExact && truth.Error is null)} relations, all of them.";
        if (truths.Count(truth => !truth.IsExact) is > 0 and int sampled)
        {
            counted += $" {sampled} more are above the budget and were sampled.";
        }

        foreach (CheckResult result in report.Findings(RlsChecks.NullTenant, DataChecks.WithoutTenant(truths), counted))
        {
            yield return result;
        }

        if (world.Scene.Model.Root is null)
        {
            yield return report.Say(RlsChecks.Orphan, CheckFinding.Skipped("No table of tenants is known, so no tenant can be missing from it.", "Declare rls.rootTable in agentflow.json."));
        }
        else
        {
            foreach (CheckResult result in report.Findings(RlsChecks.Orphan, checks.Orphans(truths), counted))
            {
                yield return result;
            }
        }

        foreach (CheckResult result in await JoinedAsync(report, checks, session, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async Task<IReadOnlyList<CheckResult>> JoinedAsync(RlsReport report, DataChecks checks, IRlsSession session, CancellationToken cancellationToken)
    {
        try
        {
            (IReadOnlyList<RlsFinding> mismatches, int pairs) = await checks.MismatchesAsync(session, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RlsFinding> buckets = await checks.PublicBucketsAsync(session, cancellationToken).ConfigureAwait(false);
            return
            [
                .. report.Findings(RlsChecks.ParentMismatch, mismatches, $"Joined {pairs} references whose key does not carry the tenant; the others cannot disagree."),
                .. report.Findings(RlsChecks.PublicBucket, buckets, world.Scene.Graph.Relation("storage", "buckets") is null ? "The database has no storage buckets." : "Looked at all buckets that hold files of tenants."),
            ];
        }
        catch (AfFaultException fault)
        {
            return [.. report.Break([RlsChecks.ParentMismatch, RlsChecks.PublicBucket], "Joining rows", fault)];
        }
    }
}
