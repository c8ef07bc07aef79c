using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD032: the lead's one qualification is in a final state that is no failure.</summary>
internal static class QualificationRule
{
    public static CheckFinding Judge(LeadSighting sighting, LeadConfig lead, string organizationId, TimeSpan waited, TimeSpan? after)
    {
        string expected = string.Join(" or ", lead.TerminalStates.Except(lead.FailedStates, StringComparer.OrdinalIgnoreCase));
        if (sighting.Unreadable.TryGetValue(LeadPart.Qualifications, out string? why))
        {
            return LeadPart.Unread(why);
        }

        IReadOnlyList<QualificationRow> rows = sighting.Qualifications;
        if (rows.Count == 0)
        {
            return CheckFinding.Fail($"No qualification appeared within {waited.TotalSeconds:0} s.", expected, "0 rows", "See whether the background job runs on this deployment, and its log; or raise lead.timeoutSeconds.");
        }

        QualificationRow? stray = rows.FirstOrDefault(row => row.OrganizationId is null || !RowRule.IsSame(row.OrganizationId, organizationId));
        string states = string.Join(", ", rows.Select(row => row.State ?? "(empty)"));
        return Final(sighting, lead) is not { } final
            ? CheckFinding.Fail($"The qualification is still '{states}' after {waited.TotalSeconds:0} s.", expected, states, "See the background job's log; correct lead.terminalStates if the state is final, or raise lead.timeoutSeconds.")
            : IsFailed(final, lead) ? CheckFinding.Fail($"The qualification ended as '{final.State}'.", expected, states, "See the background job's log at this time: the model provider's key, limits and answers.")
            : rows.Count > 1 ? CheckFinding.Fail($"The lead was qualified {rows.Count} times.", "1 row", $"{rows.Count} rows ({states})", "Make the job idempotent: one qualification per lead, held by a unique index.")
            : stray is not null ? CheckFinding.Fail("The qualification is not in the lead's tenant.", "the test tenant", stray.OrganizationId is null ? "no tenant" : "another tenant", "Take the tenant from the lead when the qualification is written.")
            : CheckFinding.Pass(after is { } time ? $"It is '{final.State}' after {time.TotalSeconds:0.0} s." : $"It is '{final.State}'.");
    }

    /// <summary>The qualification in a final state, the failed ones first; null when there is none, or another one is still under way.</summary>
    public static QualificationRow? Final(LeadSighting sighting, LeadConfig lead)
    {
        bool isUnderWay = sighting.Qualifications.Any(row => row.State is null || !lead.TerminalStates.Contains(row.State, StringComparer.OrdinalIgnoreCase));
        return isUnderWay ? null : sighting.Qualifications.OrderByDescending(row => IsFailed(row, lead)).FirstOrDefault();
    }

    public static bool IsFailed(QualificationRow row, LeadConfig lead) => row.State is { } state && lead.FailedStates.Contains(state, StringComparer.OrdinalIgnoreCase);
}
