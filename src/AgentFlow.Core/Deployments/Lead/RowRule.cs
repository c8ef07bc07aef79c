using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD031: exactly one row carries the correlation id, in the test tenant.</summary>
internal static class RowRule
{
    public static CheckFinding Judge(LeadSighting sighting, LeadConfig lead, string organizationId)
    {
        const string Expected = "1 row in the test tenant";
        IReadOnlyList<LeadRow> rows = sighting.Leads;
        if (rows.Count == 0)
        {
            return CheckFinding.Fail(
                "The app accepted the lead and no row with its correlation id appeared.",
                Expected,
                "0 rows",
                $"See whether the deployment writes to the database of supabase.database, and whether it stores what lead.payload sends in the column '{lead.CorrelationColumn}' (lead.correlationColumn).");
        }

        int foreign = rows.Count(row => row.OrganizationId is { } tenant && !IsSame(tenant, organizationId));
        int homeless = rows.Count(row => row.OrganizationId is null);
        return foreign > 0 ? CheckFinding.Fail("The lead is in another tenant.", Expected, $"{foreign} of {rows.Count} in another tenant", "The intake must take the tenant from the key, never from a default or the body; see how it finds the organisation.")
            : homeless > 0 ? CheckFinding.Fail("The lead has no tenant.", Expected, $"{homeless} of {rows.Count} without a tenant", "Set the tenant when the row is written, and make the column not null.")
            : rows.Count > 1 ? CheckFinding.Fail($"One request made {rows.Count} leads.", Expected, $"{rows.Count} rows", "Make the intake idempotent: a unique index on the idempotency key.")
            : CheckFinding.Pass("There is one row, in the test tenant.");
    }

    /// <summary>True for the same tenant id; UUIDs may be written in either case.</summary>
    public static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
