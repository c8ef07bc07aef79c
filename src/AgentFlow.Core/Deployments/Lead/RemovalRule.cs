using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD039: nothing of the lead stays behind, or the operator knows what.</summary>
internal static class RemovalRule
{
    public static CheckFinding Judge(LeadRemoval removal, long? left, LeadQuestion question, AfConfig config)
    {
        if (removal.Refused is { } refused)
        {
            return CheckFinding.Fail($"Nothing was removed: {refused}", "no rows left", "rows left", $"{removal.Fix} {ByHand(question, config)}".Trim());
        }

        string kept = string.Join(", ", removal.Kept.Select(pair => $"{pair.Key}: {pair.Value}"));
        return left > 0 ? CheckFinding.Fail(left == 1 ? "1 row of the lead is still there." : $"{left} rows of the lead are still there.", "no rows left", Count(left.Value), ByHand(question, config))
            : removal.Kept.Count > 0 ? CheckFinding.Warn($"{Count(removal.Total)} removed; what the role may not remove stays ({kept}).", $"An append-only log keeps its events; they carry {question.CorrelationId} or point at its lead.")
            : removal.Total == 0 ? CheckFinding.Pass("There was nothing to remove.")
            : CheckFinding.Pass($"{Count(removal.Total)} removed, none left.");
    }

    public static CheckFinding Failed(AfFaultException fault, LeadQuestion question, AfConfig config) =>
        new() { Outcome = CheckOutcome.Error, Reason = $"The rows could not be removed: {fault.Message}", Actual = fault.Id, Remediation = $"{ByHand(question, config)} {fault.Fix}" };

    public static CheckFinding WithoutDatabase(LeadQuestion question) =>
        CheckFinding.Warn($"The lead {question.CorrelationId} stays: without a database there is no way to remove it.", "Name the non-production database in agentflow.json as supabase.database, and remove the lead in the app.");

    private static string ByHand(LeadQuestion question, AfConfig config) =>
        $"Remove by hand what carries {question.CorrelationId} in {config.Tables.Leads}.{config.Lead.CorrelationColumn}, and what points at it in {config.Tables.Qualifications}, {config.Lead.IntegrationTable} and {config.Tables.AuditEvents}.";

    private static string Count(long rows) => rows == 1 ? "1 row" : $"{rows} rows";
}
