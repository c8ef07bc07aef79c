using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD035: one configured integration did its part, or is not set up.</summary>
internal static class IntegrationRule
{
    private static readonly string[] s_done = ["delivered", "sent", "success", "succeeded", "successful", "ok", "completed", "complete", "done", "synced", "accepted", "processed"];
    private static readonly string[] s_failed = ["failed", "failure", "error", "errored", "rejected", "undeliverable", "undelivered", "bounced", "dead", "timeout", "timed_out", "cancelled", "canceled"];
    private static readonly string[] s_off = ["not_configured", "notconfigured", "unconfigured", "disabled", "not_enabled", "off", "skipped", "inactive"];

    public static CheckFinding Judge(LeadSighting sighting, string name)
    {
        const string Expected = "delivered";
        if (sighting.Unreadable.TryGetValue(LeadPart.Integrations, out string? why))
        {
            return LeadPart.Unread(why);
        }

        IntegrationRow[] rows = [.. Of(sighting, name)];
        if (rows.Length == 0)
        {
            return sighting.TenantIntegrations is not { } configured
                ? CheckFinding.Inconclusive("It left no outcome, and whether the tenant uses it is not known.", "Name the table of the tenants' integrations in agentflow.json as lead.tenantIntegrationTable.")
                : configured.Contains(name, StringComparer.OrdinalIgnoreCase)
                    ? CheckFinding.Fail("The tenant uses it and it left no outcome.", Expected, "no outcome", "See the background job's log: the hand-over to the integration did not happen or was not recorded.")
                    : CheckFinding.Skipped("The tenant has not configured it.", "Configure it for the test tenant to have it confirmed, or take it out of lead.integrations.");
        }

        string states = string.Join(", ", rows.Select(row => row.State ?? "(empty)"));
        return rows.Any(row => Is(row, s_failed)) ? CheckFinding.Fail("It failed.", Expected, states, "See the integration's own log and the test tenant's credentials for it.")
            : rows.All(row => Is(row, s_off)) ? CheckFinding.Skipped($"The tenant has not configured it ('{states}').", "Configure it for the test tenant to have it confirmed, or take it out of lead.integrations.")
            : rows.Count(row => Is(row, s_done)) > 1 ? CheckFinding.Fail($"It was handed the lead {rows.Count(row => Is(row, s_done))} times.", "1 outcome", states, "Make the hand-over idempotent: one per lead and integration.")
            : rows.All(row => Is(row, s_done) || Is(row, s_off)) ? CheckFinding.Pass($"It is '{states}'.")
            : CheckFinding.Inconclusive($"It is still '{states}'.", "Look again later, or see the integration's log.") with { Expected = Expected, Actual = states };
    }

    /// <summary>True when every integration that is to be confirmed and that the tenant uses has ended.</summary>
    public static bool AreOver(LeadSighting sighting, IReadOnlyList<string> names) => names.All(name =>
    {
        IntegrationRow[] rows = [.. Of(sighting, name)];
        return rows.Length > 0 ? rows.All(row => Is(row, s_done) || Is(row, s_failed) || Is(row, s_off))
            : sighting.Unreadable.ContainsKey(LeadPart.Integrations) || sighting.TenantIntegrations is { } configured && !configured.Contains(name, StringComparer.OrdinalIgnoreCase);
    });

    private static IEnumerable<IntegrationRow> Of(LeadSighting sighting, string name) => sighting.Integrations.Where(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool Is(IntegrationRow row, string[] states) => row.State is { } state && states.Contains(state, StringComparer.OrdinalIgnoreCase);
}
