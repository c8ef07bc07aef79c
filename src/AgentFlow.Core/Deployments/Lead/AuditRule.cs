using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD034: an audit event about the lead says who acted and in which tenant.</summary>
internal static class AuditRule
{
    private const string Fix = "Write the audit event in the transaction that ends the qualification, with the acting user or service and the lead's tenant.";

    public static CheckFinding Judge(LeadSighting sighting, LeadConfig lead, string organizationId)
    {
        const string Expected = "an event with actor and tenant";
        if (sighting.Unreadable.TryGetValue(LeadPart.Audit, out string? why))
        {
            return LeadPart.Unread(why);
        }

        IReadOnlyList<AuditRow> rows = sighting.Audits;
        return rows.Count == 0 ? CheckFinding.Fail("No audit event is about the lead.", Expected, "0 events", $"{Fix} Correct tables.auditEvents and lead.leadColumn if it is written elsewhere.")
            : rows.Any(row => row.OrganizationId is { } tenant && !RowRule.IsSame(tenant, organizationId)) ? CheckFinding.Fail("An audit event about the lead is in another tenant.", Expected, "another tenant", Fix)
            : IsWhole(sighting, organizationId) ? CheckFinding.Pass(rows.Count == 1 ? "One event names actor and tenant." : $"{rows.Count} events; actor and tenant are named.")
            : CheckFinding.Fail(
                rows.All(row => !row.HasActor) ? "The audit event does not say who acted." : "The audit event does not say in which tenant.",
                Expected,
                $"{rows.Count(row => row.HasActor)} of {rows.Count} with an actor, {rows.Count(row => row.OrganizationId is not null)} of {rows.Count} with a tenant",
                rows.All(row => !row.HasActor) ? $"{Fix} Correct lead.actorColumn ('{lead.ActorColumn}') if the actor stands elsewhere." : Fix);
    }

    public static bool IsWhole(LeadSighting sighting, string organizationId) => sighting.Audits.Any(row => row.HasActor && row.OrganizationId is { } tenant && RowRule.IsSame(tenant, organizationId));
}
