using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD036: nobody outside the tenant sees a row of the lead.</summary>
internal static class IsolationRule
{
    private const string FixLeak = "Find the policy that lets it through: Test-AfRls, Trace-AfRlsDecision. Do not disable RLS to debug.";

    public static CheckFinding Judge(LeadVisibility seen)
    {
        const string Expected = "0 rows";
        PrincipalView? leak = seen.Views.Where(view => view.Principal != PrincipalKind.Own).OrderByDescending(view => view.Total).FirstOrDefault(view => view.Total > 0);
        if (leak is not null)
        {
            string who = leak.Principal == PrincipalKind.Anonymous ? "A visitor without a session sees" : "A user of another tenant sees";
            string tables = string.Join(", ", leak.Visible.Where(pair => pair.Value > 0).Select(pair => $"{pair.Key}: {pair.Value}"));
            return CheckFinding.Fail($"{who} the lead.", Expected, tables, FixLeak);
        }

        return !seen.Views.Any(view => view.Principal == PrincipalKind.OtherTenant)
            ? CheckFinding.Inconclusive(seen.Reason ?? "No other tenant's view could be tried.", seen.Fix ?? "Name a user of another tenant in agentflow.json as lead.otherUserId.")
            : seen.Views.FirstOrDefault(view => view.Principal == PrincipalKind.Own) is not { Total: > 0 }
                ? CheckFinding.Inconclusive("Another tenant sees none of it, but neither does a member of the test tenant, so the way of looking proves nothing.", "See whether the test tenant has an active member, and what its policies let that member read (Test-AfRls).") with { Expected = Expected }
                : CheckFinding.Pass(seen.Views.Any(view => view.Principal == PrincipalKind.Anonymous) ? "Another tenant's user and a visitor without a session see none of it; a member does." : "Another tenant's user sees none of it; a member does.");
    }

    /// <summary>Rows that outsiders see; null when that could not be tried.</summary>
    public static long? Leaked(LeadVisibility seen) => seen.Views.Any(view => view.Principal == PrincipalKind.OtherTenant)
        ? seen.Views.Where(view => view.Principal != PrincipalKind.Own).Max(view => view.Total)
        : null;
}
